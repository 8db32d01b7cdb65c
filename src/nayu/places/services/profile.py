"""What an LAO says of itself."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit, events
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.places import policy
from nayu.places.events import ProfileChanged
from nayu.places.models import District, Lao, PopulationFigure
from nayu.places.selectors.given_addresses import Address, check_address
from nayu.places.selectors.laos import forget_hosts

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class UnknownDistrict(Refused):
    sentence = _("No district of today has this code.")
    status = 422


class NoSource(Refused):
    sentence = _("Say where this figure was read, so that others can check it.")
    status = 422


class UnlikelyYear(Refused):
    sentence = _("This year is not a year of the common era; 2569 in Buddhist era is 2026.")
    status = 422


class FigureKnown(Refused):
    sentence = _("A figure of this year from this source is already entered.")


@dataclass(frozen=True, slots=True)
class LaoProfile:
    """All that :func:`describe_lao` writes; ``district_code`` is where the seat is."""

    district_code: str
    address: Address = field(default_factory=Address)
    area_km2: Decimal | None = None
    website: str = ""
    motto_th: str = ""
    motto_en: str = ""
    source: str = ""
    demo_note: str = ""


@transaction.atomic
def describe_lao(*, by: Actor, now: datetime, profile: LaoProfile) -> Lao:
    """
    Write the profile of the LAO in scope, all of it.

    :raises UnknownDistrict: abolished, or no district.
    :raises UnknownSubdistrict: likewise of the address.
    :raises PointElsewhere: the point is not in Thailand.
    :raises BadPostCode: not five digits.
    """
    lao = Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_PROFILE)
    check_address(profile.address)
    if not District.objects.filter(code=profile.district_code, abolished_on=None).exists():
        raise UnknownDistrict

    lao.district_id = profile.district_code
    written = ["district", *profile.address.write_to(lao)]
    for column in fields(profile):
        if column.name not in {"district_code", "address"}:
            setattr(lao, column.name, getattr(profile, column.name))
            written.append(column.name)
    lao.save(update_fields=written)

    audit.record("lao.described", by=by, now=now, on=lao, fields=written)
    events.announce(ProfileChanged(lao_id=lao.pk))
    transaction.on_commit(forget_hosts)
    return lao


@transaction.atomic
def record_population(
    *,
    by: Actor,
    now: datetime,
    people: int,
    source: str,
    year: int | None = None,
    households: int | None = None,
    is_demo: bool = False,
) -> PopulationFigure:
    """
    Add a figure; it does not replace others, even of the same year.

    :param year: common era; None where the source does not say.
    :raises NoSource: nobody is named who counted.
    :raises UnlikelyYear: a Buddhist year, or a slip.
    :raises FigureKnown: this source's figure of this year is there.
    """
    lao = Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_PROFILE)
    if not source.strip():
        raise NoSource
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnlikelyYear
    if PopulationFigure.objects.filter(year=year, source=source.strip()).exists():
        raise FigureKnown

    figure = PopulationFigure.objects.create(
        people=people, households=households, year=year, source=source.strip(), is_demo=is_demo
    )

    audit.record("population.recorded", by=by, now=now, on=figure)
    events.announce(ProfileChanged(lao_id=lao.pk))
    return figure
