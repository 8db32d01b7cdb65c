"""Facilities, and that each has one owner at a time."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from nayu.kernel.scope import scope
from nayu.places.models import Facility, FacilityOwnership, Lao
from nayu.places.selectors import given_addresses
from nayu.places.selectors.addresses import address_en, address_th
from nayu.places.selectors.given_addresses import Address
from nayu.places.selectors.lists import facilities_on
from nayu.places.services import facilities
from nayu.places.services.facilities import (
    FacilityFacts,
    Owner,
    close_facility,
    hand_over_facility,
    register_facility,
)
from nayu.places.services.territory import EndsTooEarly, UnknownVillage
from nayu.places.tests.factories import CLERK, NOON, OFFICER, make_facility
from tests.database import Laos

pytestmark = pytest.mark.django_db

MOPH = Owner(FacilityOwnership.Owner.MOPH)
PAO = Owner(FacilityOwnership.Owner.PAO)
TRANSFER = date(2023, 10, 1)
HEALTH_CENTRE = FacilityFacts(
    name_th="รพ.สต.ห้วยไทร",
    name_en="Huai Sai Health Centre",
    kind=Facility.Kind.HEALTH_CENTRE,
    hcode="09123",
    address=Address(
        house_no="172",
        moo=4,
        road="ปากพูน–ห้วยไทร",
        subdistrict_code="800120",
        post_code="80000",
        point=(8.53912, 99.97018),
    ),
    opened_on=date(2000, 1, 1),
)


def register(facts: FacilityFacts = HEALTH_CENTRE, owner: Owner = MOPH) -> Facility:
    return register_facility(by=OFFICER, now=NOON, facts=facts, owner=owner)


def hand_over(facility: Facility, owner: Owner = PAO, on: date = TRANSFER) -> Facility:
    return hand_over_facility(by=OFFICER, now=NOON, facility_id=facility.pk, owner=owner, on=on)


def owners(day: date) -> list[FacilityOwnership.Owner | None]:
    return [row.owner for row in facilities_on(day)]


def test_it_is_listed_with_its_address_as_it_is_written(laos: Laos) -> None:
    with scope(laos.pak_phun):
        facility = register()
        (row,) = facilities_on(TRANSFER)
    assert row.hcode == "09123"
    assert row.point == (8.53912, 99.97018)
    assert row.address_th == (
        "172 หมู่ที่ 4 ถนนปากพูน–ห้วยไทร ตำบลปากพูน อำเภอเมืองนครศรีธรรมราช จังหวัดนครศรีธรรมราช 80000"
    )
    assert address_en(facility) == (
        "172 Moo 4, ปากพูน–ห้วยไทร, Pak Phun, Mueang Nakhon Si Thammarat, Nakhon Si Thammarat 80000"
    )


def test_an_address_of_which_nothing_is_known_is_empty() -> None:
    assert address_th(Lao()) == ""
    assert address_en(Lao()) == ""


def test_it_changes_hands_and_the_past_stays(laos: Laos) -> None:
    with scope(laos.pak_phun):
        hand_over(register())
        assert owners(date(2023, 9, 30)) == [FacilityOwnership.Owner.MOPH]
        assert owners(TRANSFER) == [FacilityOwnership.Owner.PAO]


def test_history_is_not_rewritten(laos: Laos) -> None:
    with scope(laos.pak_phun):
        facility = hand_over(register())
        with pytest.raises(facilities.OwnedLater):
            hand_over(facility, MOPH, TRANSFER)
        with pytest.raises(facilities.SameOwner):
            hand_over(facility, PAO, date(2024, 1, 1))
        # A facility that never belonged to anybody known can still be given.
        FacilityOwnership.objects.all().delete()
        hand_over(facility, PAO)


def test_two_schools_of_one_ministry_are_told_apart_by_name(laos: Laos) -> None:
    with scope(laos.pak_phun):
        one = Owner(FacilityOwnership.Owner.EDUCATION, "สพป. เขต 1")
        facility = register(owner=one)
        hand_over(facility, replace(one, name="สพป. เขต 2"))
        assert facilities_on(TRANSFER)[0].owner_name == "สพป. เขต 2"


def test_a_closed_one_is_listed_no_more_and_frees_its_code(laos: Laos) -> None:
    with scope(laos.pak_phun):
        facility = register()
        with pytest.raises(EndsTooEarly):
            close_facility(by=OFFICER, now=NOON, facility_id=facility.pk, on=date(2000, 1, 1))
        close_facility(by=OFFICER, now=NOON, facility_id=facility.pk, on=TRANSFER)
        assert len(facilities_on(date(2023, 9, 30))) == 1
        assert facilities_on(TRANSFER) == []
        assert facilities_on(date(1999, 12, 31)) == []
        with pytest.raises(facilities.AlreadyClosed):
            close_facility(by=OFFICER, now=NOON, facility_id=facility.pk, on=TRANSFER)
        register()


@pytest.mark.parametrize("hcode", ["9123", "091234", "0912345678", "๐๙๑๒๓", "0912x", "09123\n"])
def test_a_code_has_five_or_nine_digits(laos: Laos, hcode: str) -> None:
    with scope(laos.pak_phun), pytest.raises(facilities.BadHcode):
        register(replace(HEALTH_CENTRE, hcode=hcode))


def test_a_code_stands_once_in_an_lao_and_may_stand_in_another(laos: Laos) -> None:
    with scope(laos.pak_phun):
        register()
        with pytest.raises(facilities.HcodeTaken):
            register()
    with scope(laos.lom_raet):
        register()


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        (Address(subdistrict_code="104701"), given_addresses.UnknownSubdistrict),
        (Address(subdistrict_code="x"), given_addresses.UnknownSubdistrict),
        (Address(point=(99.97018, 8.53912)), given_addresses.PointElsewhere),
        (Address(point=(0.0, 0.0)), given_addresses.PointElsewhere),
        (Address(post_code="8000"), given_addresses.BadPostCode),
        (Address(post_code="๘๐๐๐๐"), given_addresses.BadPostCode),
        (Address(post_code="08000"), given_addresses.BadPostCode),
    ],
)
def test_an_address_elsewhere_is_refused(
    laos: Laos, address: Address, refusal: type[Exception]
) -> None:
    with scope(laos.pak_phun), pytest.raises(refusal):
        register(replace(HEALTH_CENTRE, address=address))


def test_its_village_exists(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(UnknownVillage):
        register(replace(HEALTH_CENTRE, village_code="80012099"))


def test_the_services_ask_for_the_right(laos: Laos) -> None:
    with scope(laos.pak_phun):
        pk = register().pk
        with pytest.raises(PermissionDenied):
            register_facility(by=CLERK, now=NOON, facts=HEALTH_CENTRE, owner=MOPH)
        with pytest.raises(PermissionDenied):
            hand_over_facility(by=CLERK, now=NOON, facility_id=pk, owner=PAO, on=TRANSFER)
        with pytest.raises(PermissionDenied):
            close_facility(by=CLERK, now=NOON, facility_id=pk, on=TRANSFER)


def own(lao: int, facility: UUID, since: str | None, until: str | None) -> None:
    with scope(lao), atomic():
        connection.cursor().execute(
            "INSERT INTO places_facilityownership (id, lao_id, facility_id, owner, owner_name,"
            " valid_from, valid_to) VALUES (%s, %s, %s, 'pao', '', %s, %s)",
            [uuid4(), lao, facility, since, until],
        )


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, None), ("2024-01-01", None), (None, "1990-01-01"), ("1990-01-01", "1990-01-02")],
)
def test_sql_cannot_give_it_two_owners_at_once(
    laos: Laos, since: str | None, until: str | None
) -> None:
    with scope(laos.pak_phun):
        pk = make_facility().pk
    with pytest.raises(IntegrityError, match="places_ownership_no_overlap"):
        own(laos.pak_phun, pk, since, until)


def test_sql_cannot_own_another_laos_facility(laos: Laos) -> None:
    with scope(laos.pak_phun):
        pk = make_facility().pk
    own(laos.lom_raet, pk, None, None)
    with scope(laos.lom_raet), pytest.raises(IntegrityError, match="same_lao"):
        connection.check_constraints()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"lat": 48.1, "lon": 11.5}, "point_is_in_thailand"),
        ({"lat": 8.5, "lon": None}, "point_is_in_thailand"),
        ({"post_code": "8000"}, "post_code_is_five_digits"),
        ({"hcode": "123"}, "hcode_is_five_or_nine"),
        ({"opened_on": TRANSFER, "closed_on": TRANSFER}, "closes_after_it_opens"),
    ],
)
def test_sql_cannot_write_nonsense(laos: Laos, change: dict[str, object], rule: str) -> None:
    with scope(laos.pak_phun):
        make_facility()
        with pytest.raises(IntegrityError, match=rule), atomic():
            Facility.objects.update(**change)
