import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.transaction import atomic

from nayu.kernel.scope import scope
from nayu.places.models import ContactPoint, Facility
from nayu.places.models.phone import UnclearPhone
from nayu.places.selectors.lists import contacts
from nayu.places.services.contacts import (
    BadContact,
    Contact,
    ContactKnown,
    list_contact,
    withdraw_contact,
)
from nayu.places.tests.factories import CLERK, NOON, OFFICER, make_facility
from tests.database import Laos

pytestmark = pytest.mark.django_db

KIND = ContactPoint.Kind


def enter(kind: ContactPoint.Kind, value: str, position: int = 0) -> ContactPoint:
    contact = Contact(kind, value, position=position)
    return list_contact(by=OFFICER, now=NOON, contact=contact)


@pytest.mark.parametrize(
    ("kind", "typed", "shown", "href"),
    [
        (KIND.PHONE, "๐๗๕ ๗๗๔๑๓๑ ต่อ 12", "075-774-131 ต่อ 12", "tel:+6675774131;ext=12"),
        (KIND.FAX, "075774132", "075-774-132", "tel:+6675774132"),
        (KIND.PHONE, "1669", "1669", "tel:1669"),
        (
            KIND.EMAIL,
            " saraban@pakphun.example ",
            "saraban@pakphun.example",
            "mailto:saraban@pakphun.example",
        ),
        (KIND.LINE, "@PakPhun", "@pakphun", "https://line.me/R/ti/p/@pakphun"),
        (
            KIND.WEBSITE,
            "https://pakphun.example",
            "https://pakphun.example",
            "https://pakphun.example",
        ),
        (KIND.ADDRESS, "172 หมู่ 4", "172 หมู่ 4", ""),
    ],
)
def test_it_is_kept_in_one_form_and_shown_as_people_write_it(
    laos: Laos, kind: ContactPoint.Kind, typed: str, shown: str, href: str
) -> None:
    with scope(laos.pak_phun):
        enter(kind, typed)
        (listed,) = contacts()
    assert (listed.shown, listed.href) == (shown, href)


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (KIND.PHONE, "075-774131-3", UnclearPhone),
        (KIND.EMAIL, "ไม่มี", BadContact),
        (KIND.WEBSITE, "javascript:alert(1)", BadContact),
        (KIND.WEBSITE, "pakphun", BadContact),
        (KIND.LINE, "https://evil.example", BadContact),
        (KIND.LINE, "@../..", BadContact),
        (KIND.ADDRESS, "  ", BadContact),
    ],
)
def test_what_cannot_be_followed_is_refused(
    laos: Laos, kind: ContactPoint.Kind, typed: str, refusal: type[Exception]
) -> None:
    with scope(laos.pak_phun), pytest.raises(refusal):
        enter(kind, typed)


def test_the_same_number_in_another_spelling_is_known(laos: Laos) -> None:
    with scope(laos.pak_phun):
        enter(KIND.PHONE, "075-774-131")
        with pytest.raises(ContactKnown):
            enter(KIND.PHONE, "+66 75 774 131")
        enter(KIND.PHONE, "075-774-131 ต่อ 2")
        enter(KIND.FAX, "075-774-131")


def test_they_stand_in_the_order_that_was_given(laos: Laos) -> None:
    with scope(laos.pak_phun):
        enter(KIND.PHONE, "075774132", position=2)
        enter(KIND.PHONE, "075774131", position=1)
        assert [row.shown for row in contacts()] == ["075-774-131", "075-774-132"]


def test_a_facility_has_its_own(laos: Laos) -> None:
    with scope(laos.pak_phun):
        facility = make_facility()
        contact = Contact(KIND.PHONE, "075774131", "ห้องธุรการ", "Office")
        list_contact(by=OFFICER, now=NOON, contact=contact, facility_id=facility.pk)
        assert contacts() == []
        assert [row.label_th for row in contacts(facility.pk)] == ["ห้องธุรการ"]
    with scope(laos.lom_raet), pytest.raises(Facility.DoesNotExist):
        list_contact(by=OFFICER, now=NOON, contact=contact, facility_id=facility.pk)


def test_what_is_withdrawn_is_gone(laos: Laos) -> None:
    with scope(laos.pak_phun):
        point = enter(KIND.PHONE, "0812345678")
        with pytest.raises(PermissionDenied):
            withdraw_contact(by=CLERK, now=NOON, contact_id=point.pk)
        withdraw_contact(by=OFFICER, now=NOON, contact_id=point.pk)
        assert not ContactPoint.objects.exists()


def test_the_service_asks_for_the_right(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(PermissionDenied):
        list_contact(by=CLERK, now=NOON, contact=Contact(KIND.PHONE, "1669"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"value": "075774131"}, "phone_is_normalised"),
        ({"value": "+66 75"}, "phone_is_normalised"),
        ({"value": ""}, "phone_is_normalised|says_something"),
        ({"kind": "email", "extension": "12"}, "only_phones_have_extensions"),
        ({"extension": "a"}, "only_phones_have_extensions"),
    ],
)
def test_sql_cannot_write_what_nobody_can_dial(
    laos: Laos, change: dict[str, str], rule: str
) -> None:
    with scope(laos.pak_phun):
        enter(KIND.PHONE, "075774131")
        with pytest.raises(IntegrityError, match=rule), atomic():
            ContactPoint.objects.update(**change)


def test_sql_cannot_list_the_same_twice(laos: Laos) -> None:
    with scope(laos.pak_phun):
        enter(KIND.PHONE, "075774131")
        with pytest.raises(IntegrityError, match="places_contact_point_once"), atomic():
            ContactPoint.objects.create(kind=KIND.PHONE, value="+6675774131")
