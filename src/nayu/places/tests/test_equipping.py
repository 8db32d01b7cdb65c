"""What a new LAO begins with, and the three places of the demonstration."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from nayu.kernel.scope import scope
from nayu.places.models import Holiday, Lao, Territory, Village, WorkingHours
from nayu.places.selectors.addresses import address_th
from nayu.places.selectors.calendar import working_calendar
from nayu.places.selectors.lists import (
    communities_on,
    contacts,
    facilities_on,
    population_figures,
    villages_on,
)
from nayu.places.selectors.working_time import OFFICE_WEEK
from nayu.places.services.demo import furnish_demo
from nayu.places.services.demo_facts import DEMO_PLACES
from nayu.places.services.equipping import equip_lao
from nayu.places.services.hours import set_working_hours, work_on_holiday
from nayu.places.tests.factories import ADMINISTRATOR, NOON, OPERATOR, SYSTEM
from tests.database import Laos

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


class TestEquipping:
    def test_a_new_lao_has_its_district_hours_and_holidays(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            equip_lao(by=OPERATOR, now=NOON)
            assert working_calendar().week == OFFICE_WEEK
            years = {row.day.year for row in Holiday.objects.all()}
        assert years == {2026, 2027}
        assert Lao.objects.get(pk=laos.pak_phun).district_id == "8001"

    def test_equipping_again_keeps_what_people_decided(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            equip_lao(by=OPERATOR, now=NOON)
            set_working_hours(by=ADMINISTRATOR, now=NOON, week={1: OFFICE_WEEK[1]})
            work_on_holiday(by=ADMINISTRATOR, now=NOON, day=date(2026, 12, 10))
            holidays = Holiday.objects.count()
            equip_lao(by=OPERATOR, now=NOON)
            assert WorkingHours.objects.count() == 2
            assert Holiday.objects.count() == holidays
            assert not Holiday.objects.get(day=date(2026, 12, 10)).is_observed

    def test_a_code_whose_district_is_gone_is_equipped_without_one(self, laos: Laos) -> None:
        Lao.objects.filter(pk=laos.pak_phun).update(code="05999901")
        with scope(laos.pak_phun):
            equip_lao(by=OPERATOR, now=NOON)
        assert Lao.objects.get(pk=laos.pak_phun).district_id is None

    def test_only_an_operator_equips(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(PermissionDenied):
            equip_lao(by=ADMINISTRATOR, now=NOON)


@pytest.mark.slow
class TestTheDemonstration:
    @pytest.fixture(autouse=True)
    def furnished(self, laos: Laos) -> None:
        for lao in (laos.pak_phun, laos.wiang_phrao, laos.lom_raet):
            with scope(lao):
                assert furnish_demo(by=SYSTEM, now=NOON)

    def test_pak_phun_has_its_twelve_villages_and_five_are_marked_as_made_up(
        self, laos: Laos
    ) -> None:
        with scope(laos.pak_phun):
            villages = villages_on(TODAY)
        assert [village.moo for village in villages] == list(range(1, 13))
        assert [village.name_th for village in villages[:7]] == [
            "ท่าแพ",
            "ดอนทะเล",
            "สักงาม",
            "ห้วยไทร",
            "สวนจันทร์",
            "ท่าเตียน",
            "บ่อโพธิ์",
        ]
        # That a part of number 1 lies in the next municipality is presumed only.
        assert [village.moo for village in villages if village.is_demo] == [1, 8, 9, 10, 11, 12]
        assert [village.moo for village in villages if not village.is_whole] == [1]

    def test_pak_phun_shows_three_figures_that_contradict_each_other(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            assert {row.people for row in population_figures()} == {34_550, 32_398, 34_642}

    def test_pak_phun_has_its_seat(self, laos: Laos) -> None:
        lao = Lao.objects.get(pk=laos.pak_phun)
        assert address_th(lao) == (
            "172 หมู่ที่ 4 ถนนปากพูน–ห้วยไทร ตำบลปากพูน อำเภอเมืองนครศรีธรรมราช จังหวัดนครศรีธรรมราช 80000"
        )

    def test_wiang_phrao_spans_two_subdistricts(self, laos: Laos) -> None:
        with scope(laos.wiang_phrao):
            assert {row.subdistrict_th for row in villages_on(TODAY)} == {"เวียง", "ทุ่งหลวง"}
            assert all(row.is_demo for row in communities_on(TODAY))
            assert [row.people for row in population_figures()] == [4_535]

    def test_lom_raet_says_that_its_code_is_made_up(self, laos: Laos) -> None:
        lao = Lao.objects.get(pk=laos.lom_raet)
        assert lao.district_id == "5208"
        assert "รหัส" in lao.demo_note

    def test_what_is_made_up_is_marked_and_the_rest_names_its_source(self, laos: Laos) -> None:
        assert all(village.is_demo or village.source for village in Village.objects.all())
        for lao in (laos.pak_phun, laos.wiang_phrao, laos.lom_raet):
            with scope(lao):
                assert all(row.is_demo for row in facilities_on(TODAY))
                assert all(row.is_demo or row.shown == "1669" for row in contacts())
                assert all(row.is_demo or row.source for row in Territory.objects.all())

    def test_a_second_time_nothing_is_done(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            assert not furnish_demo(by=SYSTEM, now=NOON)

    def test_a_strange_lao_is_left_alone(self, laos: Laos) -> None:
        Lao.objects.filter(pk=laos.pak_phun).update(host="real.example")
        with scope(laos.pak_phun):
            Territory.objects.all().delete()
            assert not furnish_demo(by=SYSTEM, now=NOON)

    def test_no_operator_furnishes_a_real_lao_by_mistake(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(PermissionDenied):
            furnish_demo(by=OPERATOR, now=NOON)


def test_the_demonstration_knows_its_three_places() -> None:
    assert [place.host for place in DEMO_PLACES] == [
        "pakphun.localhost",
        "wiangphrao.localhost",
        "lomraet.localhost",
    ]
