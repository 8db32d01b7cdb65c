"""The state's map: as it comes, as it is looked up, and that nobody here can redraw it."""

from dataclasses import replace
from datetime import date

import geothai
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, connections
from django.db.transaction import atomic
from pytest_django import DjangoAssertNumQueries

from nayu.kernel.thai_order import sort_key
from nayu.places.models import District, GeographyEdition, PostCode, Province, Subdistrict
from nayu.places.selectors import geography
from nayu.places.selectors.gazetteer import Gazetteer, ListedArea, ListedSuccession, read_geothai
from nayu.places.services.geography import keep_geography_current
from nayu.places.tests.factories import NOON, OPERATOR, SYSTEM

pytestmark = pytest.mark.django_db

SMALL = Gazetteer(
    version="a.1",
    areas=(
        ListedArea("80", "นครศรีธรรมราช", "Nakhon Si Thammarat"),
        ListedArea("8001", "เมืองนครศรีธรรมราช", "Mueang Nakhon Si Thammarat"),
        ListedArea("800120", "ปากพูน", "Pak Phun", ("80000",)),
        ListedArea("800199", "ของเก่า", "", abolished_on=date(2006, 1, 1)),
        ListedArea("800198", "ของกลาง", "", abolished_on=date(2010, 1, 1)),
        ListedArea("800197", "สูญหาย", "", abolished_on=date(2010, 1, 1)),
    ),
    successions=(
        ListedSuccession("800199", "800198", "name", None, ""),
        ListedSuccession("800198", "800120", "notice", date(2009, 12, 1), "Gazette"),
    ),
)


class TestTheMapOfToday:
    def test_every_area_of_the_package_is_there_under_its_official_code(self) -> None:
        provinces = geothai.provinces()
        districts = [d for p in provinces for d in geothai.districts(p.code)]
        listed = {s.code for d in districts for s in geothai.subdistricts(d.code)}
        current = Subdistrict.objects.filter(abolished_on=None)
        assert set(current.values_list("code", flat=True)) == listed
        assert Province.objects.filter(abolished_on=None).count() == len(provinces) == 77
        assert District.objects.filter(abolished_on=None).count() == len(districts)
        assert GeographyEdition.objects.get().version == geothai.DATA_VERSION

    def test_the_tambons_of_the_dossier_are_found_by_code(self) -> None:
        for code, path in {
            "800120": "ตำบลปากพูน อำเภอเมืองนครศรีธรรมราช จังหวัดนครศรีธรรมราช",
            "501102": "ตำบลทุ่งหลวง อำเภอพร้าว จังหวัดเชียงใหม่",
            "520801": "ตำบลล้อมแรด อำเภอเถิน จังหวัดลำปาง",
            "100101": "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร",
        }.items():
            found = geography.look_up(code)
            assert found is not None
            assert found.asked.path_th == path
            assert found.current == (found.asked,)
            assert found.is_certain
            assert not found.was_abolished

    def test_a_district_can_have_two_post_codes_and_a_subdistrict_too(self) -> None:
        assert {c for s in ("520801", "520802") for c in geography.post_codes(s)} == {
            "52160",
            "52230",
        }
        assert geography.post_codes("800122") == ["80000", "80290"]
        assert [area.name_th for area in geography.with_post_code("52230")] == [
            "พระบาทวังตวง",
            "แม่วะ",
        ]

    def test_lists_stand_in_thai_order(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            names = [area.name_th for area in geography.provinces()]
        assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
        assert names.index("เชียงใหม่") < names.index("ตรัง")
        with django_assert_num_queries(1):
            districts = geography.districts("52")
        assert [area.code for area in districts[:2]] == ["5203", "5205"]
        with django_assert_num_queries(1):
            assert len(geography.subdistricts("8001")) == 16


class TestCodesThatAreGone:
    def test_an_abolished_code_leads_to_its_successors_and_says_so(self) -> None:
        found = geography.look_up("104701")
        assert found is not None
        assert found.was_abolished
        assert [area.code for area in found.current] == ["104702", "104703"]
        assert found.is_certain

    def test_a_successor_by_likeness_of_name_is_not_certain(self) -> None:
        found = geography.look_up("100205")
        assert found is not None
        assert [area.code for area in found.current] == ["102901"]
        assert not found.is_certain

    @pytest.mark.parametrize("code", ["", "1", "80012", "8001200", "๘๐๐๑๒๐", "99", "009999", "80%"])
    def test_what_is_no_code_is_no_area(self, code: str) -> None:
        assert geography.look_up(code) is None


class TestSearch:
    @pytest.mark.parametrize(
        "text", ["ปากพูน", "ปากพู", "ต.ปากพูน", "ตำบล ปากพูน", "Pak Phun", "pakphun", "PAK-PH"]
    )
    def test_a_name_is_found_by_its_beginning_in_either_language(self, text: str) -> None:
        assert "800120" in [area.code for area in geography.search_areas(text)]

    def test_a_province_narrows_the_search(self) -> None:
        everywhere = geography.search_areas("บ้านโป่ง", limit=50)
        here = geography.search_areas("บ้านโป่ง", province_code="50", limit=50)
        assert {area.code[:2] for area in here} == {"50"}
        assert len(here) < len(everywhere)

    def test_districts_come_first_and_abolished_areas_not_at_all(self) -> None:
        found = geography.search_areas("บางนา")
        codes = [area.code for area in found]
        assert codes[0] == "1047"
        assert {"104702", "104703"} < set(codes)
        assert "104701" not in codes

    @pytest.mark.parametrize("text", ["", "  ", "%", "_", "ต.%", "\\"])
    def test_nothing_and_wildcards_find_nothing(self, text: str) -> None:
        assert geography.search_areas(text) == []

    def test_a_search_costs_two_queries_however_much_it_finds(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(2):
            assert len(geography.search_areas("บาง", limit=50)) == 50


class TestNobodyRedrawsIt:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE places_subdistrict SET name_th = 'x' WHERE code = '800120'",
            "DELETE FROM places_postcode",
            "INSERT INTO places_succession (old, new) VALUES ('80', '81')",
            "DELETE FROM places_province",
            "UPDATE places_geographyedition SET version = 'x'",
            "DELETE FROM places_village",
        ],
    )
    def test_the_running_program_is_refused(self, statement: str) -> None:
        with pytest.raises(DatabaseError, match="permission denied"), atomic():
            connection.cursor().execute(statement)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("table", "row", "rule"),
        [
            ("district (code, province_id, ", "('8199', '80', ", "code_begins_with_its_province"),
            ("subdistrict (code, district_id, ", "('80012', '8001', ", "begins_with_its_district"),
            ("subdistrict (code, district_id, ", "('810120', '8001', ", "begins_with_its_district"),
            ("province (code, ", "('8', ", "code_is_two_digits"),
        ],
    )
    def test_a_code_that_contradicts_itself_is_refused_even_to_the_owner(
        self, table: str, row: str, rule: str
    ) -> None:
        statement = "INSERT INTO places_{} name_th, name_en, sort_key) VALUES {} '', '', '')"
        with pytest.raises(IntegrityError, match=rule):
            connections["owner"].cursor().execute(statement.format(table, row))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestANewEdition:
    def test_the_same_edition_is_not_read_again(self) -> None:
        assert not keep_geography_current(by=SYSTEM, now=NOON)

    def test_only_the_system_reads_one(self) -> None:
        with pytest.raises(PermissionDenied):
            keep_geography_current(by=OPERATOR, now=NOON)

    def test_corrections_come_in_and_what_is_missing_is_abolished_today(self) -> None:
        assert keep_geography_current(by=SYSTEM, now=NOON, gazetteer=SMALL)
        assert Subdistrict.objects.filter(abolished_on=None).get().code == "800120"
        gone = Subdistrict.objects.get(code="520801")
        assert gone.abolished_on == date(2026, 11, 23)
        assert gone.name_th == "ล้อมแรด"
        assert PostCode.objects.get().code == "80000"

    def test_a_succession_of_successions_is_followed_to_what_exists(self) -> None:
        keep_geography_current(by=SYSTEM, now=NOON, gazetteer=SMALL)
        first, second, lost = (geography.look_up(code) for code in ("800199", "800198", "800197"))
        assert first is not None
        assert [area.code for area in first.current] == ["800120"]
        assert not first.is_certain
        assert second is not None
        assert second.is_certain
        assert lost is not None
        assert lost.current == ()
        assert not lost.is_certain

    def test_an_area_that_comes_back_is_no_longer_abolished(self) -> None:
        keep_geography_current(by=SYSTEM, now=NOON, gazetteer=SMALL)
        assert keep_geography_current(by=SYSTEM, now=NOON.replace(hour=6))
        back = Subdistrict.objects.get(code="520801")
        assert back.abolished_on is None

    def test_a_list_that_contradicts_itself_changes_nothing(self) -> None:
        stranger = ListedSuccession("800199", "999999", "name", None, "")
        broken = replace(SMALL, successions=(stranger,))
        with pytest.raises(AssertionError, match="999999"):
            keep_geography_current(by=SYSTEM, now=NOON, gazetteer=broken)
        assert GeographyEdition.objects.get().version == geothai.DATA_VERSION
        assert Subdistrict.objects.get(code="520801").abolished_on is None

    def test_migrate_brings_a_newer_package_in(self) -> None:
        keep_geography_current(by=SYSTEM, now=NOON, gazetteer=SMALL)
        call_command("migrate", database="owner", verbosity=0)
        newest = GeographyEdition.objects.order_by("-loaded_at").first()
        assert newest is not None

    def test_the_migrations_run_backwards_without_the_map(self) -> None:
        call_command("migrate", "places", "0001", database="owner", verbosity=0)
        call_command("migrate", database="owner", verbosity=0)
        keep_geography_current(by=SYSTEM, now=NOON)
        assert Province.objects.count() == 77


def test_every_area_of_the_package_knows_its_parent_and_its_heirs() -> None:
    read = read_geothai()
    codes = {area.code for area in read.areas}
    assert len(codes) == len(read.areas)
    assert {code[:-2] for code in codes if len(code) > 2} <= codes
    assert {code for step in read.successions for code in (step.old, step.new)} <= codes
    assert not any(area.name_th.startswith("เขต") for area in read.areas if area.code[:2] == "10")


@pytest.mark.slow
def test_a_server_that_knows_thai_agrees_about_every_place_in_thailand() -> None:
    """Where PostgreSQL comes with ICU (Debian's); the embedded one does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'th-x-icu'")
        if not cursor.fetchall():
            pytest.skip("this server has no ICU")
        cursor.execute(
            "SELECT name_th FROM places_subdistrict UNION SELECT name_th FROM places_district"
            " UNION SELECT name_th FROM places_province"
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            'SELECT n FROM unnest(%s::text[]) AS n ORDER BY n COLLATE "th-x-icu"', [names]
        )
        theirs = [name for (name,) in cursor.fetchall()]
    # One name of the list is typed with two sara e for one sara ae, which we spell right first.
    names, theirs = ([n for n in rows if "เเ" not in n] for rows in (names, theirs))
    assert sorted(names, key=sort_key) == theirs
