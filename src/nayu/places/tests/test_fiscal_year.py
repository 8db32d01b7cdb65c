from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nayu.places.selectors.fiscal_year import FiscalYear


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2026, 9, 30), 2569, 4),
        (date(2026, 10, 1), 2570, 1),
        (date(2026, 12, 31), 2570, 1),
        (date(2027, 1, 1), 2570, 2),
        (date(2027, 4, 1), 2570, 3),
        (date(2027, 7, 1), 2570, 4),
    ],
)
def test_it_begins_in_october_and_is_named_by_its_end_in_buddhist_era(
    day: date, year: int, quarter: int
) -> None:
    fiscal = FiscalYear.of(day)
    assert fiscal == FiscalYear(year)
    assert str(fiscal) == str(year)
    assert fiscal.quarter(day) == quarter


def test_its_days() -> None:
    year = FiscalYear(2570)
    assert (year.first_day, year.last_day) == (date(2026, 10, 1), date(2027, 9, 30))
    assert date(2026, 9, 30) not in year
    assert year.next == FiscalYear(2571)


def test_a_day_of_another_year_has_no_quarter_here() -> None:
    with pytest.raises(AssertionError):
        FiscalYear(2570).quarter(date(2026, 9, 30))


@pytest.mark.slow
@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_every_day_is_in_exactly_one_year_and_years_follow_each_other(day: date) -> None:
    year = FiscalYear.of(day)
    assert day in year
    assert day not in year.next
    assert year.last_day + timedelta(days=1) == year.next.first_day
