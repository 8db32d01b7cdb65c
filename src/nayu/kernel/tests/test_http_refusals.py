"""Who was refused is told in the audit, whatever becomes of the request."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from nayu.kernel.audit import chain
from nayu.kernel.audit.models import AuditEntry
from nayu.kernel.http import refusals
from nayu.kernel.permissions import NotAllowed
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.policy import MOVE_SHELVES
from tests.room.shelves import count_shelves
from tests.room.views import Member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost"}
WIANG_PHRAO = {"host": "wiangphrao.localhost"}
TOKEN = {"authorization": "Bearer only-for-tests"}
SOMYING, PRANI = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)

Entries = Callable[[int], list[tuple[str, str, str]]]


@pytest.fixture
def entries(laos: Laos) -> Entries:
    del laos

    def of(lao_id: int) -> list[tuple[str, str, str]]:
        with scope(lao_id), transaction.atomic():
            assert not chain.checked().broken
            kept = AuditEntry.objects.order_by("pk")
            return [(entry.action, entry.actor, entry.said["why"]) for entry in kept]

    return of


def refusal_of(member: UUID) -> tuple[str, str, str]:
    return ("access.refused", f"member:{member}", "room.move_shelves")


def test_a_refusal_is_told_though_the_request_is_rolled_back(
    client: Client, laos: Laos, entries: Entries
) -> None:
    assert client.get(f"/move/{SOMYING}/", headers=PAK_PHUN).status_code == 403
    assert entries(laos.pak_phun) == [refusal_of(SOMYING)]
    assert entries(laos.wiang_phrao) == []
    assert count_shelves(laos.pak_phun, "written") == 0


def test_nobody_fills_the_chain_by_asking_again(
    client: Client, laos: Laos, entries: Entries
) -> None:
    for _ in range(5):
        assert client.get(f"/move/{SOMYING}/", headers=PAK_PHUN).status_code == 403
    client.get(f"/move/{PRANI}/", headers=PAK_PHUN)
    client.get(f"/move/{SOMYING}/", headers=WIANG_PHRAO)
    assert entries(laos.pak_phun) == [refusal_of(SOMYING), refusal_of(PRANI)]
    assert entries(laos.wiang_phrao) == [refusal_of(SOMYING)]


def test_a_minute_later_it_is_told_again(laos: Laos, entries: Entries) -> None:
    refusal = NotAllowed(Member(SOMYING), MOVE_SHELVES)
    with scope(laos.pak_phun):
        for seconds in (0, 59, 60):
            refusals.tell(refusal, now=NOON + timedelta(seconds=seconds))
    assert len(entries(laos.pak_phun)) == 2


def test_the_portal_of_no_lao_has_no_chain_and_refuses_all_the_same(laos: Laos) -> None:
    del laos
    refusals.tell(NotAllowed(Member(SOMYING), MOVE_SHELVES), now=NOON)


def test_guests_are_counted_and_not_told(client: Client, laos: Laos, entries: Entries) -> None:
    assert client.get("/move/", headers=PAK_PHUN).status_code == 403
    assert client.get(f"/move/{SOMYING}/", headers=PAK_PHUN).status_code == 403
    assert entries(laos.pak_phun) == [refusal_of(SOMYING)]
    page = client.get("/metrics", headers=TOKEN).text
    for who in ("guest", "signed in"):
        assert f'nayu_access_refused_total{{right="room.move_shelves",who="{who}"}}' in page
    assert str(SOMYING) not in page
