"""Two at the same moment: one of them gets a sentence, nobody a broken database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections
from django.db.transaction import atomic

from nayu.kernel.errors import Refused
from nayu.kernel.scope import scope
from nayu.places.models import (
    ContactPoint,
    FacilityOwnership,
    Holiday,
    Territory,
    WorkingHours,
)
from nayu.places.selectors.working_time import OFFICE_WEEK
from nayu.places.services.contacts import Contact, ContactKnown, list_contact
from nayu.places.services.facilities import OwnedLater, Owner, hand_over_facility
from nayu.places.services.hours import seed_national_holidays, set_working_hours
from nayu.places.services.territory import AlreadyHeld, HeldByAnother, hold_village
from nayu.places.tests.factories import ADMINISTRATOR, NOON, OFFICER, make_facility, make_village
from tests.database import Laos

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DAY = date(2026, 11, 23)


def both(laos: tuple[int, int], deed: Callable[[], object]) -> list[type[Refused] | None]:
    """Do it in two threads at once, one in each scope; how each ended, refusals last."""
    together = Barrier(2)

    def one(lao: int) -> type[Refused] | None:
        try:
            together.wait()
            with scope(lao), atomic():
                deed()
        except Refused as refusal:
            return type(refusal)
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, laos), key=lambda end: end is not None)


@pytest.fixture
def village(laos: Laos) -> str:
    with scope(laos.pak_phun), atomic():
        return make_village().code


@pytest.fixture
def facility(laos: Laos) -> UUID:
    with scope(laos.pak_phun), atomic():
        return make_facility().pk


def test_of_two_officers_one_holds_the_village(laos: Laos, village: str) -> None:
    ends = both(
        (laos.pak_phun, laos.pak_phun),
        lambda: hold_village(by=ADMINISTRATOR, now=NOON, village_code=village),
    )
    assert ends == [None, AlreadyHeld]


def test_of_two_laos_one_holds_the_village(laos: Laos, village: str) -> None:
    ends = both(
        (laos.pak_phun, laos.lom_raet),
        lambda: hold_village(by=ADMINISTRATOR, now=NOON, village_code=village),
    )
    assert ends == [None, HeldByAnother]


def test_two_laos_may_take_their_parts_at_once(laos: Laos, village: str) -> None:
    ends = both(
        (laos.pak_phun, laos.lom_raet),
        lambda: hold_village(
            by=ADMINISTRATOR, now=NOON, village_code=village, extent=Territory.Extent.PART
        ),
    )
    assert ends == [None, None]


def test_hours_that_two_set_at_once_are_those_of_one(laos: Laos) -> None:
    ends = both(
        (laos.pak_phun, laos.pak_phun),
        lambda: set_working_hours(by=ADMINISTRATOR, now=NOON, week=OFFICE_WEEK),
    )
    assert ends == [None, None]
    with scope(laos.pak_phun), atomic():
        assert WorkingHours.objects.count() == 10


def test_holidays_that_two_seed_at_once_stand_once(laos: Laos) -> None:
    ends = both(
        (laos.pak_phun, laos.pak_phun),
        lambda: seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026),
    )
    assert ends == [None, None]
    with scope(laos.pak_phun), atomic():
        days = list(Holiday.objects.values_list("day", flat=True))
    assert len(days) == len(set(days)) > 15


def test_a_number_that_two_list_at_once_is_listed_once(laos: Laos) -> None:
    contact = Contact(ContactPoint.Kind.PHONE, "075774131")
    ends = both(
        (laos.pak_phun, laos.pak_phun),
        lambda: list_contact(by=OFFICER, now=NOON, contact=contact),
    )
    assert ends == [None, ContactKnown]


def test_a_facility_that_two_hand_over_at_once_has_one_new_owner(
    laos: Laos, facility: UUID
) -> None:
    owner = Owner(FacilityOwnership.Owner.PAO)
    ends = both(
        (laos.pak_phun, laos.pak_phun),
        lambda: hand_over_facility(by=OFFICER, now=NOON, facility_id=facility, owner=owner, on=DAY),
    )
    assert ends == [None, OwnedLater]
    with scope(laos.pak_phun), atomic():
        assert FacilityOwnership.objects.filter(valid_to=None).count() == 1
