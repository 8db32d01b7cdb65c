"""Lists of fifty rows cost as many queries as lists of one, and show one LAO."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from nayu.kernel.scope import scope
from nayu.places.models import (
    ContactPoint,
    Facility,
    FacilityOwnership,
    Holiday,
    PopulationFigure,
    Territory,
    UrbanCommunity,
    Village,
    WorkingHours,
)
from nayu.places.selectors import lists
from nayu.places.selectors.calendar import working_calendar
from tests.database import Laos

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


def fill(lao: int) -> None:
    numbers = range(1, 51)
    with scope(lao):
        Village.objects.bulk_create(
            (
                Village(code=f"800120{n:02}", subdistrict_id="800120", moo=n, name_th=f"บ้าน {n}")
                for n in numbers
            ),
            ignore_conflicts=True,
        )
        Territory.objects.bulk_create(
            Territory(village_id=f"800120{n:02}", extent="part") for n in numbers
        )
        UrbanCommunity.objects.bulk_create(
            UrbanCommunity(name_th=f"ชุมชน {n}", subdistrict_id="800120") for n in numbers
        )
        facilities = Facility.objects.bulk_create(
            Facility(name_th=f"วัด {n}", kind="temple", subdistrict_id="800120") for n in numbers
        )
        FacilityOwnership.objects.bulk_create(
            FacilityOwnership(facility=facility, owner="religion") for facility in facilities
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(kind="phone", value=f"+667577410{n:02}") for n in numbers
        )
        Holiday.objects.bulk_create(
            Holiday(day=DAY - timedelta(n), name_th="วันหยุด", reach="local") for n in numbers
        )
        PopulationFigure.objects.bulk_create(
            PopulationFigure(people=n, year=1950 + n, source="x") for n in numbers
        )
        WorkingHours.objects.bulk_create(
            WorkingHours(weekday=1, opens=10 * n, closes=10 * n + 5) for n in numbers
        )


@pytest.fixture
def full(laos: Laos) -> Laos:
    """Fifty rows of everything, in two LAOs."""
    fill(laos.pak_phun)
    fill(laos.lom_raet)
    return laos


def test_villages_cost_one_query(
    full: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(full.pak_phun), django_assert_num_queries(1):
        assert len(lists.villages_on(DAY)) == 50


def test_communities_cost_one_query(
    full: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(full.pak_phun), django_assert_num_queries(1):
        assert len(lists.communities_on(DAY)) == 50


def test_facilities_with_owner_and_address_cost_two(
    full: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(full.pak_phun), django_assert_num_queries(2):
        rows = lists.facilities_on(DAY)
    assert len(rows) == 50
    assert {row.owner for row in rows} == {FacilityOwnership.Owner.RELIGION}
    assert all("ตำบลปากพูน" in row.address_th for row in rows)


def test_contacts_holidays_and_figures_cost_one_each(
    full: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(full.pak_phun), django_assert_num_queries(3):
        assert len(lists.contacts()) == 50
        assert len(lists.holidays_of(2026)) == 50
        assert len(lists.population_figures()) == 50


def test_a_calendar_costs_three_and_a_facilitys_four(
    full: Laos, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(full.pak_phun):
        pk = Facility.objects.values_list("pk", flat=True)[0]
        with django_assert_num_queries(3):
            assert len(working_calendar().week[1]) == 50
        with django_assert_num_queries(4):
            assert len(working_calendar(pk).holidays) == 50


def test_another_lao_sees_none_of_it(full: Laos) -> None:
    with scope(full.wiang_phrao):
        assert lists.villages_on(DAY) == []
        assert lists.communities_on(DAY) == []
        assert lists.facilities_on(DAY) == []
        assert lists.contacts() == []
        assert lists.holidays_of(2026) == []
        assert lists.population_figures() == []
        assert working_calendar().week == {}
