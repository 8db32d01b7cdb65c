"""The arithmetic of working time, by example and by law."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nayu.places.selectors.working_time import (
    OFFICE_WEEK,
    THAILAND,
    NeverOpen,
    Span,
    WorkingCalendar,
)

SONGKRAN = frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)})
ELECTION = date(2026, 4, 18)  # a Saturday
OFFICE = WorkingCalendar(
    week=OFFICE_WEEK,
    holidays=SONGKRAN,
    special={ELECTION: (Span.between("07:00", "17:30"),), date(2026, 4, 20): ()},
)
AROUND_THE_CLOCK = WorkingCalendar(week=dict.fromkeys(range(1, 8), (Span(0, 1440),)))


def at(day: int, clock: str, month: int = 4) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=THAILAND)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


class TestByExample:
    @pytest.mark.parametrize(
        ("moment", "is_open"),
        [
            (at(10, "08:29"), False),
            (at(10, "08:30"), True),
            (at(10, "11:59"), True),
            (at(10, "12:00"), False),  # the break
            (at(10, "13:00"), True),
            (at(10, "16:30"), False),
            (at(11, "10:00"), False),  # Saturday
            (at(13, "10:00"), False),  # Songkran
            (at(18, "07:00"), True),  # a Saturday that goes its own way
            (at(20, "10:00"), False),  # a Monday closed by exception
        ],
    )
    def test_open_is_from_opening_until_before_closing(
        self, moment: datetime, *, is_open: bool
    ) -> None:
        assert OFFICE.is_open(moment) is is_open

    @pytest.mark.parametrize(
        ("start", "wait", "end"),
        [
            (at(10, "08:30"), 1, at(10, "09:30")),
            (at(10, "11:30"), 1, at(10, "13:30")),  # over the break
            (at(10, "11:30"), 0.5, at(10, "12:00")),  # done when the break begins
            (at(10, "06:00"), 1, at(10, "09:30")),
            (at(10, "16:00"), 1, at(16, "09:00")),  # over a weekend and Songkran
            (at(17, "16:00"), 1, at(18, "07:30")),  # into the special Saturday
            (at(10, "12:30"), 0, at(10, "12:30")),
        ],
    )
    def test_a_deadline_counts_open_time_only(
        self, start: datetime, wait: float, end: datetime
    ) -> None:
        assert OFFICE.add_working_hours(start, hours(wait)) == end

    def test_an_office_day_has_seven_hours_and_a_station_twenty_four(self) -> None:
        assert OFFICE.working_hours_between(at(9, "00:00"), at(10, "00:00")) == hours(7)
        week = AROUND_THE_CLOCK.working_hours_between(at(6, "00:00"), at(13, "00:00"))
        assert week == hours(168)

    def test_a_place_that_never_closes_is_open_at_midnight(self) -> None:
        assert AROUND_THE_CLOCK.is_open(at(10, "00:00"))
        assert AROUND_THE_CLOCK.next_open(at(10, "23:59")) == at(10, "23:59")

    def test_the_next_opening_skips_what_is_closed(self) -> None:
        assert OFFICE.next_open(at(10, "10:00")) == at(10, "10:00")
        assert OFFICE.next_open(at(10, "12:00")) == at(10, "13:00")
        assert OFFICE.next_open(at(10, "16:30")) == at(16, "08:30")

    def test_moments_of_any_zone_come_in_and_thai_ones_go_out(self) -> None:
        # 02:00 in London is 09:00 in Thailand.
        end = OFFICE.add_working_hours(datetime(2026, 4, 10, 2, tzinfo=UTC), hours(1))
        assert end.isoformat() == "2026-04-10T10:00:00+07:00"

    def test_backwards_time_is_negative(self) -> None:
        assert OFFICE.working_hours_between(at(10, "12:00"), at(10, "08:30")) == hours(-3.5)

    def test_a_place_without_hours_says_so_instead_of_searching_for_ever(self) -> None:
        nowhere = WorkingCalendar(week={})
        with pytest.raises(NeverOpen):
            nowhere.next_open(at(10, "08:30"))
        with pytest.raises(NeverOpen):
            nowhere.add_working_hours(at(10, "08:30"), hours(1))

    def test_a_span_that_ends_before_it_begins_is_impossible(self) -> None:
        with pytest.raises(AssertionError):
            Span.between("12:00", "08:30")

    def test_a_span_reads_as_thai_clocks_are_written(self) -> None:
        assert str(Span.between("08:30", "12:00")) == "08.30–12.00"


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    borders = draw(st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return tuple(Span(opens, closes) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    days = st.dates(date(2026, 4, 1), date(2026, 5, 31))
    week = draw(st.dictionaries(st.integers(1, 7), spans(), max_size=7))
    # Somewhere it opens, so that everything ends.
    week[3] = (*week.get(3, ()),) or (Span.between("09:00", "12:00"),)
    holidays = frozenset(draw(st.lists(days, max_size=10)))
    return WorkingCalendar(week, holidays, draw(st.dictionaries(days, spans(), max_size=5)))


#: A slow machine is not a broken law.
law = settings(deadline=None)

MOMENTS = st.integers(0, 77 * 24 * 60 * 60).map(
    lambda seconds: at(25, "00:00", month=3) + timedelta(seconds=seconds)
)
WAITS = st.timedeltas(timedelta(0), timedelta(hours=60))


@pytest.mark.slow
class TestByLaw:
    @law
    @given(calendars(), MOMENTS, MOMENTS, WAITS)
    def test_who_starts_earlier_is_done_no_later(
        self, calendar: WorkingCalendar, one: datetime, other: datetime, wait: timedelta
    ) -> None:
        first, second = sorted((one, other))
        assert calendar.add_working_hours(first, wait) <= calendar.add_working_hours(second, wait)

    @law
    @given(calendars(), MOMENTS, WAITS, WAITS)
    def test_who_needs_longer_is_done_no_earlier(
        self, calendar: WorkingCalendar, start: datetime, one: timedelta, other: timedelta
    ) -> None:
        short, long = sorted((one, other))
        assert calendar.add_working_hours(start, short) <= calendar.add_working_hours(start, long)

    @law
    @given(calendars(), MOMENTS, WAITS, WAITS)
    def test_two_waits_are_one_wait_of_both(
        self, calendar: WorkingCalendar, start: datetime, one: timedelta, other: timedelta
    ) -> None:
        after_one = calendar.add_working_hours(start, one)
        assert calendar.add_working_hours(after_one, other) == calendar.add_working_hours(
            start, one + other
        )

    @law
    @given(calendars(), MOMENTS, WAITS)
    def test_as_much_passes_as_was_added(
        self, calendar: WorkingCalendar, start: datetime, wait: timedelta
    ) -> None:
        end = calendar.add_working_hours(start, wait)
        assert calendar.working_hours_between(start, end) == wait

    @law
    @given(calendars(), MOMENTS, MOMENTS, MOMENTS)
    def test_time_between_adds_up(
        self, calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
    ) -> None:
        between = calendar.working_hours_between
        assert between(a, b) + between(b, c) == between(a, c)
        assert between(a, b) == -between(b, a)
        assert abs(between(a, b)) <= abs(b - a)

    @law
    @given(calendars(), MOMENTS)
    def test_the_next_opening_is_open_and_nothing_before_it_is(
        self, calendar: WorkingCalendar, moment: datetime
    ) -> None:
        opening = calendar.next_open(moment)
        assert opening >= moment
        assert calendar.is_open(opening)
        assert calendar.working_hours_between(moment, opening) == timedelta(0)


@pytest.mark.slow
class TestAgainstAStopwatch:
    """The arithmetic against counting minute by minute, which nobody gets wrong."""

    @settings(deadline=None, max_examples=25)
    @given(calendars(), st.integers(0, 60 * 24 * 60), st.integers(0, 4 * 24 * 60))
    def test_time_between_is_the_number_of_open_minutes(
        self, calendar: WorkingCalendar, start: int, length: int
    ) -> None:
        first = at(1, "00:00") + timedelta(minutes=start)
        ticks = (first + timedelta(minutes=number) for number in range(length))
        counted = sum(calendar.is_open(tick) for tick in ticks)
        last = first + timedelta(minutes=length)
        assert calendar.working_hours_between(first, last) == timedelta(minutes=counted)
