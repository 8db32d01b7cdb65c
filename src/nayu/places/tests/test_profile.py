from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.transaction import atomic

from nayu.kernel.scope import scope
from nayu.places.models import Lao, PopulationFigure
from nayu.places.selectors.addresses import address_th
from nayu.places.selectors.given_addresses import Address, PointElsewhere
from nayu.places.selectors.lists import population_figures
from nayu.places.services import profile
from nayu.places.services.profile import LaoProfile, describe_lao, record_population
from nayu.places.tests.factories import ADMINISTRATOR, NOON, OFFICER
from tests.database import Laos

pytestmark = pytest.mark.django_db

SEAT = Address(house_no="172", moo=4, subdistrict_code="800120", point=(8.53912, 99.97018))
PROFILE = LaoProfile(district_code="8001", address=SEAT, area_km2=Decimal("93.78"), motto_th="น่าอยู่")


def describe(what: LaoProfile) -> Lao:
    return describe_lao(by=ADMINISTRATOR, now=NOON, profile=what)


def count(people: int, year: int | None, source: str = "ทะเบียนราษฎร") -> PopulationFigure:
    return record_population(by=ADMINISTRATOR, now=NOON, people=people, year=year, source=source)


class TestTheProfile:
    def test_it_is_kept_and_touches_neither_code_nor_name_nor_host(self, laos: Laos) -> None:
        before = Lao.objects.get(pk=laos.pak_phun)
        with scope(laos.pak_phun):
            describe(PROFILE)
        after = Lao.objects.get(pk=laos.pak_phun)
        assert (after.code, after.name_th, after.host) == (before.code, before.name_th, before.host)
        assert (after.district_id, after.area_km2, after.motto_th) == (
            "8001",
            Decimal("93.780"),
            "น่าอยู่",
        )
        assert (after.lat, after.lon) == (8.53912, 99.97018)
        assert address_th(after).startswith("172 หมู่ที่ 4 ตำบลปากพูน")

    def test_it_is_that_of_the_lao_in_scope(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            describe(PROFILE)
        assert Lao.objects.get(pk=laos.lom_raet).motto_th == ""

    @pytest.mark.parametrize("code", ["", "80", "9999", "8099"])
    def test_its_district_exists(self, laos: Laos, code: str) -> None:
        with scope(laos.pak_phun), pytest.raises(profile.UnknownDistrict):
            describe(LaoProfile(district_code=code))

    def test_its_seat_is_in_thailand(self, laos: Laos) -> None:
        elsewhere = LaoProfile(district_code="8001", address=Address(point=(48.1, 11.5)))
        with scope(laos.pak_phun), pytest.raises(PointElsewhere):
            describe(elsewhere)


class TestPopulation:
    def test_figures_that_contradict_each_other_stand_side_by_side(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            count(34_642, None, "เว็บไซต์เก่า")
            count(34_550, 2021)
            count(32_398, 2021, "เว็บไซต์เทศบาล")
            figures = population_figures()
        assert [(row.people, row.year) for row in figures] == [
            (34_550, 2021),
            (32_398, 2021),
            (34_642, None),
        ]
        assert all(row.source for row in figures)

    def test_a_source_says_it_once_a_year_the_unknown_year_too(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            for year in (2021, None):
                count(1, year)
                with pytest.raises(profile.FigureKnown):
                    count(2, year)

    @pytest.mark.parametrize("year", [2569, 69, 0])
    def test_a_buddhist_year_is_not_taken_for_a_common_one(self, laos: Laos, year: int) -> None:
        with scope(laos.pak_phun), pytest.raises(profile.UnlikelyYear):
            count(1, year)

    def test_a_figure_without_a_source_is_refused(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(profile.NoSource):
            count(1, 2021, "  ")

    @pytest.mark.parametrize(
        ("change", "rule"),
        [({"year": 2569}, "year_is_common_era"), ({"source": ""}, "names_its_source")],
    )
    def test_sql_cannot_either(self, laos: Laos, change: dict[str, object], rule: str) -> None:
        with scope(laos.pak_phun):
            count(1, 2021)
            with pytest.raises(IntegrityError, match=rule), atomic():
                PopulationFigure.objects.update(**change)


def test_the_services_ask_for_the_right(laos: Laos) -> None:
    with scope(laos.pak_phun):
        with pytest.raises(PermissionDenied):
            describe_lao(by=OFFICER, now=NOON, profile=PROFILE)
        with pytest.raises(PermissionDenied):
            record_population(by=OFFICER, now=NOON, people=1, source="x")
