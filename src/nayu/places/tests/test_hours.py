"""Hours, special days and holidays as data, and the calendar that they make."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from nayu.kernel.scope import scope
from nayu.places.models import Facility, Holiday, WorkingHours
from nayu.places.selectors.calendar import working_calendar
from nayu.places.selectors.lists import holidays_of
from nayu.places.selectors.working_time import OFFICE_WEEK, THAILAND, NeverOpen, Span
from nayu.places.services import hours
from nayu.places.services.hours import (
    clear_special_day,
    keep_holiday,
    seed_national_holidays,
    set_special_day,
    set_working_hours,
    work_on_holiday,
)
from nayu.places.tests.factories import ADMINISTRATOR, NOON, OFFICER, make_facility
from tests.database import Laos

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
MORNING = Span.between("08:30", "12:00")
AFTERNOON = Span.between("13:00", "16:30")


@pytest.fixture
def office(laos: Laos) -> int:
    """An LAO with office hours."""
    with scope(laos.pak_phun):
        set_working_hours(by=ADMINISTRATOR, now=NOON, week=OFFICE_WEEK)
    return laos.pak_phun


def special(*spans: Span, facility_id: UUID | None = None) -> None:
    set_special_day(
        by=ADMINISTRATOR,
        now=NOON,
        day=MONDAY,
        spans=spans,
        reason_th="น้ำท่วม",
        facility_id=facility_id,
    )


class TestTheWeek:
    def test_an_lao_without_hours_plans_nothing(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(NeverOpen):
            working_calendar().next_open(NOON)

    def test_the_calendar_is_what_was_entered(self, office: int, laos: Laos) -> None:
        with scope(office):
            assert working_calendar().spans(MONDAY) == (MORNING, AFTERNOON)
        with scope(laos.lom_raet):
            assert working_calendar().spans(MONDAY) == ()

    def test_new_hours_replace_the_old(self, office: int) -> None:
        with scope(office):
            set_working_hours(by=ADMINISTRATOR, now=NOON, week={1: (MORNING,)})
            assert working_calendar().week == {1: (MORNING,)}

    def test_a_facility_without_hours_keeps_the_laos(self, office: int) -> None:
        with scope(office):
            facility = make_facility()
            assert working_calendar(facility.pk).week == OFFICE_WEEK
            week = {1: (Span(0, 1440),)}
            set_working_hours(by=ADMINISTRATOR, now=NOON, week=week, facility_id=facility.pk)
            assert working_calendar(facility.pk).week == week
            assert working_calendar().week == OFFICE_WEEK

    def test_hours_that_overlap_and_days_that_are_none_are_refused(self, office: int) -> None:
        overlapping = (MORNING, Span.between("11:59", "13:00"))
        with scope(office):
            with pytest.raises(hours.OverlappingHours):
                set_working_hours(by=ADMINISTRATOR, now=NOON, week={1: overlapping})
            with pytest.raises(hours.OverlappingHours):
                special(*overlapping)
            with pytest.raises(hours.NoSuchWeekday):
                set_working_hours(by=ADMINISTRATOR, now=NOON, week={0: (MORNING,)})
            assert working_calendar().week == OFFICE_WEEK

    def test_another_laos_facility_has_no_calendar_here(self, office: int, laos: Laos) -> None:
        with scope(office):
            pk = make_facility().pk
        with scope(laos.lom_raet), pytest.raises(Facility.DoesNotExist):
            working_calendar(pk)


class TestSpecialDays:
    def test_other_hours_hold_on_that_day_alone(self, office: int) -> None:
        with scope(office):
            special(MORNING)
            assert working_calendar().spans(MONDAY) == (MORNING,)
            special()
            assert working_calendar().spans(MONDAY) == ()
            assert working_calendar().spans(date(2026, 11, 24)) == (MORNING, AFTERNOON)
            clear_special_day(by=ADMINISTRATOR, now=NOON, day=MONDAY)
            assert working_calendar().spans(MONDAY) == (MORNING, AFTERNOON)
            with pytest.raises(hours.NoSpecialDay):
                clear_special_day(by=ADMINISTRATOR, now=NOON, day=MONDAY)

    def test_they_come_before_holidays(self, office: int) -> None:
        with scope(office):
            keep_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY, name_th="งานประจำปี")
            assert working_calendar().spans(MONDAY) == ()
            special(MORNING)
            assert working_calendar().spans(MONDAY) == (MORNING,)

    def test_a_facility_follows_the_laos_unless_it_has_its_own(self, office: int) -> None:
        with scope(office):
            pk = make_facility().pk
            special()
            assert working_calendar(pk).spans(MONDAY) == ()
            special(AFTERNOON, facility_id=pk)
            assert working_calendar(pk).spans(MONDAY) == (AFTERNOON,)
            assert working_calendar().spans(MONDAY) == ()

    def test_a_station_that_works_through_keeps_its_week(self, office: int) -> None:
        with scope(office):
            pk = make_facility("สถานีดับเพลิง", open_on_holidays=True).pk
            keep_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY, name_th="วันหยุด")
            special()
            assert working_calendar(pk).spans(MONDAY) == (MORNING, AFTERNOON)


class TestHolidays:
    def test_the_national_list_is_a_beginning(self, office: int) -> None:
        with scope(office):
            assert seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026) > 15
            listed = {row.day: row for row in holidays_of(2026)}
            calendar = working_calendar()
        assert listed[date(2026, 4, 13)].name_th == "วันสงกรานต์"
        assert listed[date(2026, 4, 13)].name_en == "Songkran Festival"
        assert listed[date(2026, 4, 13)].reach == Holiday.Reach.NATIONAL
        # A substitute for a Saturday, the ploughing ceremony of state offices.
        assert {date(2026, 12, 7), date(2026, 5, 13)} < set(listed)
        assert calendar.spans(date(2026, 4, 13)) == ()

    def test_labour_day_is_for_employees_and_offices_work(self, office: int) -> None:
        with scope(office):
            for year in (2026, 2027):
                seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=year)
            days = {row.day for year in (2026, 2027) for row in holidays_of(year)}
        assert date(2026, 5, 1) not in days
        assert date(2027, 5, 3) not in days  # its substitute

    def test_seeding_again_changes_nothing_that_people_decided(self, office: int) -> None:
        new_year = date(2026, 1, 1)
        with scope(office):
            seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026)
            work_on_holiday(by=ADMINISTRATOR, now=NOON, day=new_year)
            keep_holiday(by=ADMINISTRATOR, now=NOON, day=date(2026, 4, 13), name_th="ปี๋ใหม่เมือง")
            assert seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026) == 0
            listed = {row.day: row for row in holidays_of(2026)}
            assert not listed[new_year].is_observed
            assert listed[date(2026, 4, 13)].name_th == "ปี๋ใหม่เมือง"
            assert working_calendar().spans(new_year) == (MORNING, AFTERNOON)

    def test_a_day_that_is_announced_later_comes_in_by_seeding_again(self, office: int) -> None:
        with scope(office):
            seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026)
            Holiday.objects.filter(day=date(2026, 1, 2)).delete()
            assert seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026) == 1

    def test_a_local_holiday_moves_deadlines(self, office: int) -> None:
        with scope(office):
            keep_holiday(
                by=ADMINISTRATOR,
                now=NOON,
                day=MONDAY,
                name_th="วันสารทเดือนสิบ",
                reach=Holiday.Reach.PROVINCIAL,
            )
            opening = working_calendar().next_open(NOON)
        assert opening == datetime(2026, 11, 24, 8, 30, tzinfo=THAILAND)

    def test_one_works_only_on_a_day_that_was_a_holiday(self, office: int) -> None:
        with scope(office):
            with pytest.raises(hours.NotAHoliday):
                work_on_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY)
            keep_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY, name_th="วันหยุด")
            work_on_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY)
            with pytest.raises(hours.NotAHoliday):
                work_on_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY)


def test_the_services_ask_for_the_right(office: int) -> None:
    with scope(office):
        keep_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY, name_th="วันหยุด")
        with pytest.raises(PermissionDenied):
            set_working_hours(by=OFFICER, now=NOON, week={})
        with pytest.raises(PermissionDenied):
            set_special_day(by=OFFICER, now=NOON, day=MONDAY, spans=(), reason_th="x")
        with pytest.raises(PermissionDenied):
            clear_special_day(by=OFFICER, now=NOON, day=MONDAY)
        with pytest.raises(PermissionDenied):
            keep_holiday(by=OFFICER, now=NOON, day=MONDAY, name_th="x")
        with pytest.raises(PermissionDenied):
            work_on_holiday(by=OFFICER, now=NOON, day=MONDAY)
        with pytest.raises(PermissionDenied):
            seed_national_holidays(by=OFFICER, now=NOON, year=2026)


class TestTheDatabaseAlone:
    @pytest.mark.parametrize(("opens", "closes"), [(600, 660), (500, 1440), (719, 780), (0, 511)])
    def test_sql_cannot_write_hours_that_overlap(
        self, office: int, opens: int, closes: int
    ) -> None:
        with (
            scope(office),
            pytest.raises(IntegrityError, match="places_hours_no_overlap"),
            atomic(),
        ):
            WorkingHours.objects.create(weekday=1, opens=opens, closes=closes)

    def test_hours_that_touch_or_lie_elsewhere_are_free(self, office: int, laos: Laos) -> None:
        with scope(office):
            WorkingHours.objects.create(weekday=1, opens=720, closes=780)
            WorkingHours.objects.create(weekday=6, opens=510, closes=720)
            WorkingHours.objects.create(weekday=1, opens=510, closes=720, facility=make_facility())
        with scope(laos.lom_raet):
            WorkingHours.objects.create(weekday=1, opens=510, closes=720)

    @pytest.mark.parametrize(
        ("weekday", "opens", "closes", "rule"),
        [
            (0, 0, 60, "weekday_is_iso"),
            (8, 0, 60, "weekday_is_iso"),
            (7, 60, 60, "close_after_they_open"),
            (7, 0, 1441, "close_after_they_open"),
        ],
    )
    def test_sql_cannot_write_hours_that_are_none(
        self, office: int, weekday: int, opens: int, closes: int, rule: str
    ) -> None:
        with scope(office), pytest.raises(IntegrityError, match=rule), atomic():
            WorkingHours.objects.create(weekday=weekday, opens=opens, closes=closes)

    @pytest.mark.parametrize("bounds", [(540, 600), (None, None)])
    def test_sql_cannot_open_a_day_that_is_closed(
        self, office: int, bounds: tuple[int | None, int | None]
    ) -> None:
        with scope(office):
            special()
            with pytest.raises(IntegrityError, match="places_special_hours_no_overlap"), atomic():
                connection.cursor().execute(
                    "INSERT INTO places_specialhours (id, lao_id, day, opens, closes, reason_th,"
                    " reason_en) VALUES (%s, %s, %s, %s, %s, 'x', '')",
                    [uuid4(), office, MONDAY, *bounds],
                )

    def test_sql_cannot_write_half_a_span(self, office: int) -> None:
        with scope(office), pytest.raises(IntegrityError, match="close_after_they_open"), atomic():
            connection.cursor().execute(
                "INSERT INTO places_specialhours (id, lao_id, day, opens, reason_th, reason_en)"
                " VALUES (%s, %s, %s, 60, 'x', '')",
                [uuid4(), office, MONDAY],
            )

    def test_sql_cannot_write_a_holiday_twice(self, office: int) -> None:
        with scope(office):
            keep_holiday(by=ADMINISTRATOR, now=NOON, day=MONDAY, name_th="วันหยุด")
            with pytest.raises(IntegrityError, match="places_holiday_once_a_day"), atomic():
                Holiday.objects.create(day=MONDAY, name_th="x", reach="local")
