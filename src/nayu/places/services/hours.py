"""Working hours, special days and holidays of the LAO in scope."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from uuid import UUID

import holidays
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit, events
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.places import policy
from nayu.places.events import WorkingTimeChanged
from nayu.places.models import Facility, Holiday, Lao, SpecialHours, WorkingHours
from nayu.places.selectors.working_time import Span, Week

_DAYS_A_WEEK = 7
_SEED_SOURCE = f"holidays {version('holidays')}"
#: In the list of the country, but state offices work: it is a holiday of employees.
_OFFICES_WORK = "National Labor Day"


class OverlappingHours(Refused):
    sentence = _("The hours of one day overlap; each span must end before the next one begins.")
    status = 422


class NoSuchWeekday(Refused):
    sentence = _("A week has the days 1 (Monday) to 7 (Sunday).")
    status = 422


class NoSpecialDay(Refused):
    sentence = _("No special hours are entered for this day.")
    status = 404


class NotAHoliday(Refused):
    sentence = _("No holiday is entered for this day.")
    status = 404


def _lock(facility_id: UUID | None) -> Facility | None:
    """Two officers who change the same hours come one after the other."""
    Lao.objects.select_for_update(of=("self",)).get(pk=here())
    return None if facility_id is None else Facility.objects.get(pk=facility_id)


def _must_be_apart(spans: Iterable[Span]) -> None:
    ordered = sorted(spans)
    if any(later.opens < span.closes for span, later in pairwise(ordered)):
        raise OverlappingHours


@transaction.atomic
def set_working_hours(
    *, by: Actor, now: datetime, week: Week, facility_id: UUID | None = None
) -> None:
    """
    Replace the weekly hours of the LAO or of a facility; a facility without any keeps the LAO's.

    :raises NoSuchWeekday: a key is no ISO weekday.
    :raises OverlappingHours: two spans of a day overlap.
    """
    facility = _lock(facility_id)
    require(by, policy.KEEP_HOURS)
    if not set(week) <= set(range(1, _DAYS_A_WEEK + 1)):
        raise NoSuchWeekday
    for spans in week.values():
        _must_be_apart(spans)

    WorkingHours.objects.filter(facility=facility).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(facility=facility, weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, spans in week.items()
        for span in spans
    )

    audit.record("hours.set", by=by, now=now, on=facility)
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=facility_id))


@transaction.atomic
def set_special_day(
    *,
    by: Actor,
    now: datetime,
    day: date,
    spans: Sequence[Span],
    reason_th: str,
    reason_en: str = "",
    facility_id: UUID | None = None,
) -> None:
    """
    On this date other hours hold, holiday or not; without spans it is closed all day.

    :raises OverlappingHours: two spans overlap.
    """
    facility = _lock(facility_id)
    require(by, policy.KEEP_HOURS)
    _must_be_apart(spans)

    SpecialHours.objects.filter(facility=facility, day=day).delete()
    bounds: list[tuple[int | None, int | None]] = [(span.opens, span.closes) for span in spans]
    SpecialHours.objects.bulk_create(
        SpecialHours(
            facility=facility,
            day=day,
            opens=opens,
            closes=closes,
            reason_th=reason_th.strip(),
            reason_en=reason_en.strip(),
        )
        for opens, closes in bounds or [(None, None)]
    )

    audit.record("special_day.set", by=by, now=now, on=facility)
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=facility_id))


@transaction.atomic
def clear_special_day(
    *, by: Actor, now: datetime, day: date, facility_id: UUID | None = None
) -> None:
    """
    The date follows the week and the holidays again.

    :raises NoSpecialDay: it does already.
    """
    facility = _lock(facility_id)
    require(by, policy.KEEP_HOURS)
    deleted, _rows = SpecialHours.objects.filter(facility=facility, day=day).delete()
    if not deleted:
        raise NoSpecialDay

    audit.record("special_day.cleared", by=by, now=now, on=facility)
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=facility_id))


@transaction.atomic
def keep_holiday(
    *,
    by: Actor,
    now: datetime,
    day: date,
    name_th: str,
    name_en: str = "",
    reach: Holiday.Reach = Holiday.Reach.LOCAL,
    source: str = "",
    is_demo: bool = False,
) -> Holiday:
    """The LAO is closed on this day; one that is entered already takes this name."""
    _lock(None)
    require(by, policy.KEEP_HOURS)

    holiday, _is_new = Holiday.objects.update_or_create(
        day=day,
        defaults={
            "name_th": name_th.strip(),
            "name_en": name_en.strip(),
            "reach": reach,
            "is_observed": True,
            "source": source,
            "is_demo": is_demo,
        },
    )

    audit.record("holiday.kept", by=by, now=now, on=holiday)
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=None))
    return holiday


@transaction.atomic
def work_on_holiday(*, by: Actor, now: datetime, day: date) -> Holiday:
    """
    The LAO works on this holiday; it stays in the list, so that seeding leaves it alone.

    :raises NotAHoliday: none is entered, or it works already.
    """
    require(by, policy.KEEP_HOURS)
    holiday = Holiday.objects.select_for_update(of=("self",)).filter(day=day).first()
    if holiday is None or not holiday.is_observed:
        raise NotAHoliday

    holiday.is_observed = False
    holiday.save(update_fields=["is_observed"])

    audit.record("holiday.worked", by=by, now=now, on=holiday, fields=["is_observed"])
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=None))
    return holiday


@transaction.atomic
def seed_national_holidays(*, by: Actor, now: datetime, year: int) -> int:
    """
    Enter the national holidays of a year of the common era, as far as they are known by now.

    Days that are entered already stay as they are, so it may be repeated when the cabinet has
    announced more.

    :returns: how many were new.
    """
    _lock(None)
    require(by, policy.KEEP_HOURS)
    known = set(Holiday.objects.filter(day__year=year).values_list("day", flat=True))
    new = [holiday for holiday in _national(year) if holiday.day not in known]
    if not new:
        return 0

    Holiday.objects.bulk_create(new)

    audit.record("holidays.seeded", by=by, now=now)
    events.announce(WorkingTimeChanged(lao_id=here(), facility_id=None))
    return len(new)


def _national(year: int) -> list[Holiday]:
    return [
        Holiday(
            day=day,
            name_th=name_th,
            name_en=name_en,
            reach=Holiday.Reach.NATIONAL,
            source=_SEED_SOURCE,
        )
        for day, name_th, name_en in _listed(year)
    ]


@cache
def _listed(year: int) -> tuple[tuple[date, str, str], ...]:
    """Day, Thai and English name. Cached, because the lunar calendar takes a quarter second."""
    thai, english = (
        holidays.country_holidays(
            "TH", years=year, language=language, categories=("public", "government")
        )
        for language in ("th", "en_US")
    )
    return tuple(
        (day, thai[day], english[day])
        for day in sorted(thai)
        if not english[day].startswith(_OFFICES_WORK)
    )
