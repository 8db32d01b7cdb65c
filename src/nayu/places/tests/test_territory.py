"""Who looks after which village, and what the database keeps whoever writes."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, connection
from django.db.transaction import atomic

from nayu.kernel.permissions import Actor
from nayu.kernel.scope import scope
from nayu.places.models import Lao, Territory, Village
from nayu.places.selectors.given_addresses import UnknownSubdistrict
from nayu.places.selectors.lists import communities_on, villages_on
from nayu.places.services import territory
from nayu.places.services.territory import (
    CommunityFacts,
    found_community,
    hold_village,
    let_go_of_village,
    number_village,
)
from nayu.places.tests.factories import ADMINISTRATOR, CLERK, NOON, OPERATOR, make_village
from tests.database import Laos

pytestmark = pytest.mark.django_db

PART = Territory.Extent.PART
MERGER = date(2004, 7, 1)


def hold(
    code: str,
    extent: Territory.Extent = Territory.Extent.WHOLE,
    since: date | None = None,
    by: Actor = ADMINISTRATOR,
) -> Territory:
    return hold_village(by=by, now=NOON, village_code=code, extent=extent, since=since)


def let_go(held: Territory, until: date) -> Territory:
    return let_go_of_village(by=ADMINISTRATOR, now=NOON, territory_id=held.pk, until=until)


class TestVillages:
    def test_its_code_is_its_subdistrict_and_its_number(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            assert make_village(7).code == "80012007"

    def test_the_same_village_twice_is_the_same_village(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            assert make_village(7) == make_village(7)

    def test_a_number_has_one_name(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            make_village(7)
            with pytest.raises(territory.NumberTaken):
                number_village(
                    by=OPERATOR, now=NOON, subdistrict_code="800120", moo=7, name_th="อีกชื่อ"
                )

    def test_an_abolished_subdistrict_takes_no_villages(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(UnknownSubdistrict):
            make_village(1, "104701")

    @pytest.mark.parametrize("moo", [0, 100])
    def test_there_is_no_village_0_or_100(self, laos: Laos, moo: int) -> None:
        with scope(laos.pak_phun), pytest.raises(territory.BadMoo):
            make_village(moo)

    def test_an_laos_own_staff_may_not_rename_what_others_share(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(PermissionDenied):
            number_village(
                by=ADMINISTRATOR, now=NOON, subdistrict_code="800120", moo=1, name_th="บ้าน"
            )

    @pytest.mark.parametrize(("code", "moo"), [("80012001", 2), ("80012101", 1), ("80012000", 0)])
    def test_sql_cannot_give_it_a_code_that_contradicts_it(self, code: str, moo: int) -> None:
        with pytest.raises(IntegrityError, match="subdistrict_and_number"), atomic():
            connection.cursor().execute(
                "INSERT INTO places_village (code, subdistrict_id, moo, name_th, name_en)"
                " VALUES (%s, '800120', %s, 'x', '')",
                [code, moo],
            )


class TestHolding:
    def test_a_village_is_held_whole_from_always(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            hold(make_village().code)
            (held,) = villages_on(date(1990, 1, 1))
        assert (held.code, held.is_whole, held.since) == ("80012001", True, None)
        assert held.subdistrict_th == "ปากพูน"

    def test_the_same_lao_holds_it_once_at_a_time(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            village = make_village()
            hold(village.code, PART)
            with pytest.raises(territory.AlreadyHeld):
                hold(village.code, PART)
            with pytest.raises(territory.AlreadyHeld):
                hold(village.code, since=MERGER)

    def test_two_laos_may_share_it_in_parts(self, laos: Laos) -> None:
        for lao in (laos.pak_phun, laos.lom_raet):
            with scope(lao):
                hold(make_village().code, PART)
                assert len(villages_on(MERGER)) == 1

    @pytest.mark.parametrize("first", Territory.Extent)
    def test_who_holds_it_whole_holds_it_alone(self, laos: Laos, first: Territory.Extent) -> None:
        second = Territory.Extent.WHOLE if first == PART else PART
        with scope(laos.pak_phun):
            hold(make_village().code, first)
        with scope(laos.lom_raet), pytest.raises(territory.HeldByAnother):
            hold("80012001", second)

    def test_after_a_merger_the_other_holds_it_and_the_past_stays(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            let_go(hold(make_village().code), MERGER)
        with scope(laos.lom_raet):
            with pytest.raises(territory.HeldByAnother):
                hold("80012001", since=date(2004, 6, 30))
            hold("80012001", since=MERGER)
            assert villages_on(date(2004, 6, 30)) == []
            assert len(villages_on(MERGER)) == 1
        with scope(laos.pak_phun):
            assert len(villages_on(date(2004, 6, 30))) == 1
            assert villages_on(MERGER) == []

    def test_it_may_come_back_but_not_before_it_went(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            let_go(hold(make_village().code), MERGER)
            with pytest.raises(territory.AlreadyHeld):
                hold("80012001", since=date(2004, 6, 30))
            with pytest.raises(territory.AlreadyHeld):
                hold("80012001")
            hold("80012001", since=MERGER)

    def test_an_end_is_recorded_once_and_after_the_beginning(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            held = hold(make_village().code, since=MERGER)
            with pytest.raises(territory.EndsTooEarly):
                let_go(held, MERGER)
            let_go(held, date(2010, 1, 1))
            with pytest.raises(territory.AlreadyEnded):
                let_go(held, date(2011, 1, 1))

    def test_a_village_that_is_not_there_cannot_be_held(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            Village.objects.filter(pk=make_village(2).pk).update(abolished_on=MERGER)
            for code in ("80012001", "80012002", "x"):
                with pytest.raises(territory.UnknownVillage):
                    hold(code)

    def test_a_provincial_organisation_holds_no_single_villages(self, laos: Laos) -> None:
        Lao.objects.filter(pk=laos.pak_phun).update(code="02800101")
        with scope(laos.pak_phun), pytest.raises(territory.WholeProvince):
            hold(make_village().code)

    def test_the_service_asks_for_the_right(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            held = hold(make_village().code)
            with pytest.raises(PermissionDenied):
                hold(make_village(2).code, by=CLERK)
            with pytest.raises(PermissionDenied):
                let_go_of_village(by=CLERK, now=NOON, territory_id=held.pk, until=MERGER)

    def test_another_laos_row_cannot_be_ended(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            held = hold(make_village().code)
        with scope(laos.lom_raet), pytest.raises(Territory.DoesNotExist):
            let_go(held, MERGER)


def insert(lao: int, code: str, extent: str, since: str | None, until: str | None) -> None:
    with scope(lao), atomic():
        connection.cursor().execute(
            "INSERT INTO places_territory (id, lao_id, village_id, extent, part_note, valid_from,"
            " valid_to) VALUES (%s, %s, %s, %s, '', %s, %s)",
            [uuid4(), lao, code, extent, since, until],
        )


class TestTheDatabaseAlone:
    @pytest.fixture(autouse=True)
    def village(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            make_village(1)
            make_village(2)
        insert(laos.pak_phun, "80012001", "part", "2000-01-01", "2010-01-01")

    @pytest.mark.parametrize(
        ("extent", "since", "until"),
        [
            ("part", "2009-12-31", None),
            ("part", None, "2000-01-02"),
            ("part", "2003-01-01", "2004-01-01"),
            ("part", None, None),
            ("whole", "2005-01-01", None),
        ],
    )
    def test_sql_cannot_hold_a_village_twice_at_once(
        self, laos: Laos, extent: str, since: str | None, until: str | None
    ) -> None:
        with pytest.raises(IntegrityError, match="places_territory_no_overlap"):
            insert(laos.pak_phun, "80012001", extent, since, until)

    def test_sql_cannot_hold_whole_what_another_holds_in_part(self, laos: Laos) -> None:
        with pytest.raises(IntegrityError, match="places_territory_no_overlap"):
            insert(laos.lom_raet, "80012001", "whole", "2009-01-01", None)
        insert(laos.lom_raet, "80012001", "part", "2009-01-01", None)

    def test_touching_times_and_other_villages_are_free(self, laos: Laos) -> None:
        insert(laos.pak_phun, "80012001", "whole", "2010-01-01", None)
        insert(laos.pak_phun, "80012001", "whole", None, "2000-01-01")
        insert(laos.lom_raet, "80012002", "whole", None, None)

    def test_sql_cannot_stretch_a_row_over_another(self, laos: Laos) -> None:
        insert(laos.pak_phun, "80012001", "part", "2010-01-01", None)
        with (
            pytest.raises(IntegrityError, match="places_territory_no_overlap"),
            scope(laos.pak_phun),
            atomic(),
        ):
            Territory.objects.filter(valid_to=None).update(valid_from=date(2005, 1, 1))

    def test_sql_cannot_write_nonsense(self, laos: Laos) -> None:
        with pytest.raises(IntegrityError, match="whole_or_part"):
            insert(laos.pak_phun, "80012002", "half", None, None)
        with pytest.raises((IntegrityError, DataError), match="ends_after_it_begins"):
            insert(laos.pak_phun, "80012002", "part", "2010-01-01", "2010-01-01")


class TestCommunities:
    def test_they_stand_in_thai_order(self, laos: Laos) -> None:
        with scope(laos.wiang_phrao):
            for name in ("แม่ปั๋ง", "เก่า", "ล่าง", "กลาง"):
                facts = CommunityFacts(name, "501101")
                found_community(by=ADMINISTRATOR, now=NOON, facts=facts)
            assert [row.name_th for row in communities_on(MERGER)] == [
                "กลาง",
                "เก่า",
                "แม่ปั๋ง",
                "ล่าง",
            ]

    def test_a_name_stands_once(self, laos: Laos) -> None:
        facts = CommunityFacts("บ้านเหนือ", "501101")
        with scope(laos.wiang_phrao):
            found_community(by=ADMINISTRATOR, now=NOON, facts=facts)
            with pytest.raises(territory.CommunityKnown):
                found_community(by=ADMINISTRATOR, now=NOON, facts=facts)

    def test_its_village_lies_in_its_subdistrict(self, laos: Laos) -> None:
        with scope(laos.wiang_phrao):
            village = make_village(1, "501102")
            facts = CommunityFacts("บ้านเหนือ", "501101", village_code=village.code)
            with pytest.raises(territory.UnknownVillage):
                found_community(by=ADMINISTRATOR, now=NOON, facts=facts)
            with pytest.raises(UnknownSubdistrict):
                found_community(
                    by=ADMINISTRATOR, now=NOON, facts=CommunityFacts("บ้านเหนือ", "104701")
                )
