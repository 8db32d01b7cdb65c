"""The working calendar of the LAO in scope, or of one of its facilities."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from nayu.places.models import Facility, Holiday, SpecialHours, WorkingHours
from nayu.places.selectors.working_time import Span, WorkingCalendar

Day = TypeVar("Day", int, date)
Spans = dict[Day, tuple[Span, ...]]


def working_calendar(facility_id: UUID | None = None) -> WorkingCalendar:
    """
    For a facility: its own hours and special days before the LAO's; holidays unless it works then.

    Three queries, for a facility four. Holidays that nobody has entered yet (of coming years) count
    as ordinary days.

    :raises Facility.DoesNotExist: not a facility of this LAO.
    """
    through_holidays = facility_id is not None and _works_through(facility_id)
    places = Q(facility=None) | Q(facility_id=facility_id)
    week = _by_place(
        (row.facility_id, row.weekday, Span(row.opens, row.closes))
        for row in WorkingHours.objects.filter(places).order_by("opens")
    )
    special = _by_place(
        (row.facility_id, row.day, _span(row))
        for row in SpecialHours.objects.filter(places).order_by("opens")
    )
    holidays = Holiday.objects.filter(is_observed=True).values_list("day", flat=True)
    shared = {} if through_holidays else special[None]
    return WorkingCalendar(
        week=week[facility_id] or week[None],
        holidays=frozenset() if through_holidays else frozenset(holidays),
        special={**shared, **special[facility_id]},
    )


def _works_through(facility_id: UUID) -> bool:
    return Facility.objects.values_list("open_on_holidays", flat=True).get(pk=facility_id)


def _span(row: SpecialHours) -> Span | None:
    return None if row.opens is None or row.closes is None else Span(row.opens, row.closes)


def _by_place(
    rows: Iterable[tuple[UUID | None, Day, Span | None]],
) -> defaultdict[UUID | None, Spans[Day]]:
    """Spans by place (None is the LAO itself) and day; a day without a span is closed."""
    found: defaultdict[UUID | None, Spans[Day]] = defaultdict(dict)
    for place, day, span in rows:
        found[place].setdefault(day, ())
        found[place][day] += () if span is None else (span,)
    return found
