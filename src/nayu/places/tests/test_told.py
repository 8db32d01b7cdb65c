"""What is done is written into the audit and told to whoever listens."""

from collections.abc import Callable
from datetime import date

import pytest

from nayu.kernel import events
from nayu.kernel.audit.models import AuditEntry
from nayu.kernel.events.shapes import Event, write
from nayu.kernel.scope import scope
from nayu.places.events import (
    FacilityChanged,
    ProfileChanged,
    TerritoryChanged,
    WorkingTimeChanged,
)
from nayu.places.models import ContactPoint, FacilityOwnership, Territory
from nayu.places.services.contacts import Contact, list_contact, withdraw_contact
from nayu.places.services.equipping import equip_lao
from nayu.places.services.facilities import Owner, close_facility, hand_over_facility
from nayu.places.services.founding import create_lao
from nayu.places.services.hours import (
    clear_special_day,
    keep_holiday,
    seed_national_holidays,
    set_special_day,
    set_working_hours,
    work_on_holiday,
)
from nayu.places.services.profile import LaoProfile, describe_lao, record_population
from nayu.places.services.territory import (
    CommunityFacts,
    found_community,
    hold_village,
    let_go_of_village,
)
from nayu.places.tests.factories import (
    ADMINISTRATOR,
    NOON,
    OFFICER,
    OPERATOR,
    make_facility,
    make_village,
)
from tests.database import Laos

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
CONTACT = Contact(ContactPoint.Kind.PHONE, "075774131")


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    heard: list[Event] = []

    def hear(event: Event) -> None:
        write(event)  # refuses what could not travel
        heard.append(event)

    monkeypatch.setattr(events, "announce", hear)
    return heard


def describe() -> None:
    describe_lao(by=ADMINISTRATOR, now=NOON, profile=LaoProfile(district_code="8001"))


def count() -> None:
    record_population(by=ADMINISTRATOR, now=NOON, people=1, source="x")


def hold() -> Territory:
    return hold_village(by=ADMINISTRATOR, now=NOON, village_code=make_village().code)


def let_go() -> None:
    let_go_of_village(by=ADMINISTRATOR, now=NOON, territory_id=hold().pk, until=DAY)


def found() -> None:
    found_community(by=ADMINISTRATOR, now=NOON, facts=CommunityFacts("ชุมชน", "800120"))


def hand_over() -> None:
    owner = Owner(FacilityOwnership.Owner.PAO)
    hand_over_facility(by=OFFICER, now=NOON, facility_id=make_facility().pk, owner=owner, on=DAY)


def close() -> None:
    close_facility(by=OFFICER, now=NOON, facility_id=make_facility().pk, on=DAY)


def enlist() -> ContactPoint:
    return list_contact(by=OFFICER, now=NOON, contact=CONTACT)


def withdraw() -> None:
    withdraw_contact(by=OFFICER, now=NOON, contact_id=enlist().pk)


def set_hours() -> None:
    set_working_hours(by=ADMINISTRATOR, now=NOON, week={})


def set_special() -> None:
    set_special_day(by=ADMINISTRATOR, now=NOON, day=DAY, spans=(), reason_th="น้ำท่วม")


def clear_special() -> None:
    set_special()
    clear_special_day(by=ADMINISTRATOR, now=NOON, day=DAY)


def keep() -> None:
    keep_holiday(by=ADMINISTRATOR, now=NOON, day=DAY, name_th="วันหยุด")


def work() -> None:
    keep()
    work_on_holiday(by=ADMINISTRATOR, now=NOON, day=DAY)


def seed() -> None:
    seed_national_holidays(by=ADMINISTRATOR, now=NOON, year=2026)


def equip() -> None:
    equip_lao(by=OPERATOR, now=NOON)


@pytest.mark.parametrize(
    ("do", "action", "event"),
    [
        (describe, "lao.described", ProfileChanged),
        (count, "population.recorded", ProfileChanged),
        (make_village, "village.numbered", None),
        (hold, "village.held", TerritoryChanged),
        (let_go, "village.let_go", TerritoryChanged),
        (found, "community.founded", None),
        (make_facility, "facility.registered", FacilityChanged),
        (hand_over, "facility.handed_over", FacilityChanged),
        (close, "facility.closed", FacilityChanged),
        (enlist, "contact.listed", None),
        (withdraw, "contact.withdrawn", None),
        (set_hours, "hours.set", WorkingTimeChanged),
        (set_special, "special_day.set", WorkingTimeChanged),
        (clear_special, "special_day.cleared", WorkingTimeChanged),
        (keep, "holiday.kept", WorkingTimeChanged),
        (work, "holiday.worked", WorkingTimeChanged),
        (seed, "holidays.seeded", WorkingTimeChanged),
        (equip, "lao.equipped", WorkingTimeChanged),
    ],
)
def test_every_deed_is_audited_and_announced(
    laos: Laos,
    announced: list[Event],
    do: Callable[[], object],
    action: str,
    event: type[Event] | None,
) -> None:
    with scope(laos.pak_phun):
        do()
        last = AuditEntry.objects.order_by("-pk")[0]
    assert last.action == action
    assert last.happened_at == NOON
    if event is None:
        assert announced == []
    else:
        assert type(announced[-1]) is event
        assert announced[-1].lao_id == laos.pak_phun


def test_the_chain_of_a_new_lao_begins_with_its_founding(laos: Laos) -> None:
    del laos
    lao = create_lao(
        code="06860604",
        name_th="อบต.ปากทรง",
        name_en="Pak Song",
        host="pt.example",
        by=OPERATOR,
        now=NOON,
    )
    with scope(lao.pk):
        assert AuditEntry.objects.get().action == "lao.created"


def test_the_audit_never_learns_a_telephone_number(laos: Laos) -> None:
    with scope(laos.pak_phun):
        withdraw()
        told = " ".join(AuditEntry.objects.values_list("text", flat=True))
    assert "75774131" not in told


def test_seeding_that_finds_nothing_new_tells_nothing(laos: Laos, announced: list[Event]) -> None:
    with scope(laos.pak_phun):
        seed()
        before = (len(announced), AuditEntry.objects.count())
        seed()
        assert (len(announced), AuditEntry.objects.count()) == before
