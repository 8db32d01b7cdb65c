"""
Working time as arithmetic, without a database: when it is open, and when so much of it has passed.

Days are days in Thailand, which has no summer time; moments come in with any zone and go out in
Thailand's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused

THAILAND = ZoneInfo("Asia/Bangkok")
END_OF_DAY = 24 * 60
#: Closed for so long means: nobody entered hours.
_LONGEST_CLOSURE = 400


class NeverOpen(Refused):
    sentence = _("No working hours are entered here yet, so nothing can be planned by them.")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``opens`` until before ``closes``, minutes since midnight; 1440 is the day's end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        assert 0 <= self.opens < self.closes <= END_OF_DAY, f"{self} is no span of a day"

    @classmethod
    def between(cls, opens: str, closes: str) -> "Span":
        """``Span.between("08:30", "12:00")``."""
        return cls(_minutes(opens), _minutes(closes))

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


Week = Mapping[int, tuple[Span, ...]]

_MORNING_AND_AFTERNOON = (Span.between("08:30", "12:00"), Span.between("13:00", "16:30"))
#: ISO weekdays 1 (Monday) to 5: the hours of Thai government offices.
OFFICE_WEEK: Week = dict.fromkeys(range(1, 6), _MORNING_AND_AFTERNOON)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """A week, its holidays, and the dates that go their own way; spans sorted and apart."""

    week: Week
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        """When it is open on a date; nothing = closed."""
        if day in self.special:
            return self.special[day]
        if day in self.holidays:
            return ()
        return self.week.get(day.isoweekday(), ())

    def is_open(self, moment: datetime) -> bool:
        local = _local(moment)
        return any(
            opens <= local < closes for opens, closes in self._moments(local.date(), local.date())
        )

    def next_open(self, moment: datetime) -> datetime:
        """
        The first open moment, not before ``moment``.

        :raises NeverOpen: closed for more than a year from then on.
        """
        for opens, _closes in self._from(_local(moment)):
            return opens
        raise NeverOpen

    def add_working_hours(self, start: datetime, hours: timedelta) -> datetime:
        """
        The first moment by which so much working time has passed since ``start``.

        :raises NeverOpen: closed for more than a year on the way.
        """
        assert hours >= timedelta(0), "working time runs forwards"
        if not hours:
            return _local(start)
        left = hours
        for opens, closes in self._from(_local(start)):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise NeverOpen

    def working_hours_between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from ``start`` until ``end``; negative when ``end`` comes first."""
        first, last = _local(start), _local(end)
        if last < first:
            return -self.working_hours_between(end, start)
        open_time = (
            min(closes, last) - max(opens, first)
            for opens, closes in self._moments(first.date(), last.date())
            if opens < last and first < closes
        )
        return sum(open_time, timedelta(0))

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of every open span, until it stays closed for too long."""
        day, closed_for = start.date(), 0
        while closed_for < _LONGEST_CLOSURE:
            closed_for += 1
            for opens, closes in self._moments(day, day):
                if start < closes:
                    closed_for = 0
                    yield max(opens, start), closes
            day += timedelta(days=1)

    def _moments(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            midnight = datetime.combine(day, time(), THAILAND)
            for span in self.spans(day):
                yield (
                    midnight + timedelta(minutes=span.opens),
                    midnight + timedelta(minutes=span.closes),
                )


def _local(moment: datetime) -> datetime:
    assert moment.tzinfo is not None, "a moment has its zone"
    return moment.astimezone(THAILAND)
