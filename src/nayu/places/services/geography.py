"""
The state's map, read from the ``geothai`` package and kept as current as the package.

Run by every ``migrate`` as the owner (:mod:`nayu.places.apps`); the running program cannot write
these tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import geothai
from django.db import models, transaction
from django.db.models import Q
from geothai.abolished import abolished_areas

from nayu.kernel.permissions import Actor, require
from nayu.kernel.thai_order import sort_key
from nayu.places import policy
from nayu.places.models import (
    District,
    GeographyEdition,
    PostCode,
    Province,
    Subdistrict,
    Succession,
)
from nayu.places.selectors.working_time import THAILAND

_OWNER = "owner"
_BATCH = 2000
_BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class ListedArea:
    """Two digits make a province, four a district, six a sub-district."""

    code: str
    name_th: str
    name_en: str
    post_codes: tuple[str, ...] = ()
    abolished_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListedSuccession:
    old: str
    new: str
    basis: str
    in_force_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """One edition of the map."""

    version: str
    areas: tuple[ListedArea, ...]
    successions: tuple[ListedSuccession, ...]

    def level(self, digits: int) -> list[ListedArea]:
        return [area for area in self.areas if len(area.code) == digits]


def geothai_version() -> str:
    return geothai.DATA_VERSION


def read_geothai() -> Gazetteer:
    return Gazetteer(
        version=geothai.DATA_VERSION,
        areas=(*_provinces(), *_districts(), *_subdistricts(), *_abolished()),
        successions=tuple(_successions()),
    )


def _provinces() -> Iterable[ListedArea]:
    return (ListedArea(area.code, area.name_th, area.name_en) for area in geothai.provinces())


def _districts() -> Iterable[ListedArea]:
    for province in geothai.provinces():
        for area in geothai.districts(province.code):
            yield ListedArea(area.code, _bare(area.code, area.name_th), area.name_en)


def _subdistricts() -> Iterable[ListedArea]:
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            for area in geothai.subdistricts(district.code):
                yield ListedArea(area.code, area.name_th, area.name_en, area.postal_codes)


def _abolished() -> Iterable[ListedArea]:
    for area in abolished_areas():
        abolished_on = date.fromisoformat(area.abolished_on)
        name_th = _bare(area.code, area.name_th)
        yield ListedArea(area.code, name_th, area.name_en or "", abolished_on=abolished_on)


def _successions() -> Iterable[ListedSuccession]:
    for area in abolished_areas():
        in_force = area.successors_in_force
        for successor in area.successors:
            yield ListedSuccession(
                old=area.code,
                new=successor,
                basis=area.successors_basis or Succession.Basis.NAME,
                in_force_on=date.fromisoformat(in_force) if in_force else None,
                source=area.successors_source or "",
            )


def _bare(code: str, name_th: str) -> str:
    """Without the word เขต that only Bangkok's districts carry in the list."""
    return name_th.removeprefix("เขต") if code.startswith(_BANGKOK) else name_th


@transaction.atomic(using=_OWNER)
def keep_geography_current(*, by: Actor, now: datetime, gazetteer: Gazetteer | None = None) -> bool:
    """
    Read the edition of the installed package, unless the tables hold it already.

    Nothing is deleted: an area that is missing from the new edition is abolished as of today.

    :returns: whether anything was read.
    """
    require(by, policy.KEEP_GEOGRAPHY)
    version = gazetteer.version if gazetteer else geothai_version()
    held = GeographyEdition.objects.using(_OWNER).order_by("-loaded_at").first()
    if held is not None and held.version == version:
        return False

    read = gazetteer or read_geothai()
    _write_areas(read, today=now.astimezone(THAILAND).date())
    _write_post_codes(read)
    _write_successions(read)
    GeographyEdition.objects.using(_OWNER).update_or_create(
        version=version, defaults={"loaded_at": now}
    )
    return True


def _write_areas(read: Gazetteer, *, today: date) -> None:
    _upsert(Province, [Province(**_columns(area)) for area in read.level(2)])
    _upsert(
        District,
        [District(province_id=area.code[:2], **_columns(area)) for area in read.level(4)],
    )
    _upsert(
        Subdistrict,
        [Subdistrict(district_id=area.code[:4], **_columns(area)) for area in read.level(6)],
    )
    listed = [area.code for area in read.areas]
    for model in (Province, District, Subdistrict):
        gone: models.QuerySet[models.Model] = model._base_manager.using(_OWNER).filter(
            ~Q(code__in=listed), abolished_on=None
        )
        gone.update(abolished_on=today)


def _columns(area: ListedArea) -> dict[str, str | date | None]:
    return {
        "code": area.code,
        "name_th": area.name_th,
        "name_en": area.name_en,
        "sort_key": sort_key(area.name_th),
        "abolished_on": area.abolished_on,
    }


def _upsert(model: type[models.Model], rows: list[models.Model]) -> None:
    model._base_manager.using(_OWNER).bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en", "sort_key", "abolished_on"],
    )


def _write_post_codes(read: Gazetteer) -> None:
    PostCode.objects.using(_OWNER).all().delete()
    PostCode.objects.using(_OWNER).bulk_create(
        [
            PostCode(subdistrict_id=area.code, code=code)
            for area in read.level(6)
            for code in area.post_codes
        ],
        batch_size=_BATCH,
    )


def _write_successions(read: Gazetteer) -> None:
    known = {area.code for area in read.areas}
    strangers = [step for step in read.successions if {step.old, step.new} - known]
    assert not strangers, f"successors that no list knows: {strangers[:3]}"
    Succession.objects.using(_OWNER).all().delete()
    Succession.objects.using(_OWNER).bulk_create(
        [
            Succession(
                old=step.old,
                new=step.new,
                basis=step.basis,
                in_force_on=step.in_force_on,
                source=step.source,
            )
            for step in read.successions
        ],
        batch_size=_BATCH,
    )
