"""What an LAO has: lists of the LAO in scope, as pages show them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from nayu.places.models import (
    ContactPoint,
    Facility,
    FacilityOwnership,
    Holiday,
    PopulationFigure,
    Territory,
    UrbanCommunity,
)
from nayu.places.models.shapes import valid_on
from nayu.places.selectors.addresses import address_th


@dataclass(frozen=True, slots=True)
class HeldVillage:
    territory_id: UUID
    code: str
    moo: int
    name_th: str
    name_en: str
    subdistrict_th: str
    subdistrict_en: str
    is_whole: bool
    part_note: str
    since: date | None
    until: date | None
    is_demo: bool


def villages_on(day: date) -> list[HeldVillage]:
    """Looked after on this day, by sub-district and number; one query."""
    rows = Territory.objects.filter(valid_on(day)).select_related("village__subdistrict")
    return [
        HeldVillage(
            territory_id=row.pk,
            code=row.village_id,
            moo=row.village.moo,
            name_th=row.village.name_th,
            name_en=row.village.name_en,
            subdistrict_th=row.village.subdistrict.name_th,
            subdistrict_en=row.village.subdistrict.name_en,
            is_whole=row.extent == Territory.Extent.WHOLE,
            part_note=row.part_note,
            since=row.valid_from,
            until=row.valid_to,
            is_demo=row.is_demo or row.village.is_demo,
        )
        for row in rows.order_by("village_id")
    ]


@dataclass(frozen=True, slots=True)
class Community:
    id: UUID
    name_th: str
    name_en: str
    is_demo: bool


def communities_on(day: date) -> list[Community]:
    """In Thai order; one query."""
    rows = UrbanCommunity.objects.filter(valid_on(day)).order_by("sort_key", "pk")
    return [Community(row.pk, row.name_th, row.name_en, row.is_demo) for row in rows]


@dataclass(frozen=True, slots=True)
class ListedFacility:
    id: UUID
    name_th: str
    name_en: str
    kind: Facility.Kind
    hcode: str
    address_th: str
    point: tuple[float, float] | None
    owner: FacilityOwnership.Owner | None
    owner_name: str
    is_demo: bool


def facilities_on(day: date) -> list[ListedFacility]:
    """Open on this day, with their owner of that day, in Thai order; two queries."""
    owners = FacilityOwnership.objects.filter(valid_on(day))
    rows = (
        Facility.objects.filter(Q(opened_on=None) | Q(opened_on__lte=day))
        .filter(Q(closed_on=None) | Q(closed_on__gt=day))
        .select_related("subdistrict__district__province")
        .prefetch_related(Prefetch("ownerships", queryset=owners, to_attr="owned"))
    )
    return [_listed(row, *row.owned) for row in rows.order_by("sort_key", "pk")]


def _listed(row: Facility, owned: FacilityOwnership | None = None) -> ListedFacility:
    return ListedFacility(
        id=row.pk,
        name_th=row.name_th,
        name_en=row.name_en,
        kind=Facility.Kind(row.kind),
        hcode=row.hcode,
        address_th=address_th(row),
        point=None if row.lat is None or row.lon is None else (row.lat, row.lon),
        owner=FacilityOwnership.Owner(owned.owner) if owned else None,
        owner_name=owned.owner_name if owned else "",
        is_demo=row.is_demo,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A way to reach somebody: ``shown`` to read, ``href`` to follow (empty for an address)."""

    id: UUID
    kind: ContactPoint.Kind
    shown: str
    href: str
    label_th: str
    label_en: str
    is_demo: bool


def contacts(facility_id: UUID | None = None) -> list[Listed]:
    """Of the LAO, or of one facility; one query."""
    place = Q(facility=None) if facility_id is None else Q(facility_id=facility_id)
    rows = ContactPoint.objects.filter(place).order_by("position", "pk")
    return [
        Listed(
            id=row.pk,
            kind=ContactPoint.Kind(row.kind),
            shown=row.shown,
            href=row.href,
            label_th=row.label_th,
            label_en=row.label_en,
            is_demo=row.is_demo,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ListedHoliday:
    day: date
    name_th: str
    name_en: str
    reach: Holiday.Reach
    is_observed: bool
    is_demo: bool


def holidays_of(year: int) -> list[ListedHoliday]:
    """Of a year of the common era, those on which the LAO works too; one query."""
    return [
        ListedHoliday(
            row.day,
            row.name_th,
            row.name_en,
            Holiday.Reach(row.reach),
            row.is_observed,
            row.is_demo,
        )
        for row in Holiday.objects.filter(day__year=year).order_by("day")
    ]


@dataclass(frozen=True, slots=True)
class Population:
    people: int
    households: int | None
    year: int | None
    source: str
    is_demo: bool


def population_figures() -> list[Population]:
    """Newest first, those without a year last; one query."""
    rows = PopulationFigure.objects.order_by("-year", "source")
    figures = [
        Population(row.people, row.households, row.year, row.source, row.is_demo) for row in rows
    ]
    return sorted(figures, key=lambda figure: figure.year is None)
