"""Work over all LAOs: one scope, one transaction and one entry each."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from nayu.kernel import audit
from nayu.kernel.audit import chain
from nayu.kernel.audit.models import AuditEntry
from nayu.kernel.everywhere import everywhere, lao_ids
from nayu.kernel.permissions import System
from nayu.kernel.scope import current, here, scope
from tests.database import Laos
from tests.room.models import Shelf

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
SWEEPER = System("sweeper")


@pytest.mark.django_db
def test_every_lao_is_entered_by_itself_and_its_own_audit_says_why(laos: Laos) -> None:
    entered = []
    for each in everywhere(why="sweep old keys", by=SWEEPER, now=NOON):
        with each as lao_id:
            assert here() == lao_id
            Shelf.objects.create(label="here")
            assert Shelf.objects.count() == 1
            entry = AuditEntry.objects.get()
            entered.append(lao_id)
            assert (entry.action, entry.actor) == ("everywhere.entered", "system:sweeper")
            assert entry.said["why"] == "sweep old keys"
        assert current() is None

    assert entered == [laos.pak_phun, laos.wiang_phrao, laos.lom_raet] == lao_ids()


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["", "เพราะสมหญิงขอ"])
def test_why_is_given_by_the_source_code_and_asked_at_once(laos: Laos, why: str) -> None:
    del laos
    with pytest.raises(audit.NotACode):
        everywhere(why=why, by=SWEEPER, now=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_one_lao_leaves_those_before_it_done(laos: Laos) -> None:
    def sweep() -> None:
        for each in everywhere(why="sweep", by=SWEEPER, now=NOON):
            with each as lao_id:
                Shelf.objects.create(label="swept")
                if lao_id == laos.wiang_phrao:
                    raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sweep()

    assert (current(), [told(lao_id) for lao_id in lao_ids()]) == (None, [(1, 1), (0, 0), (0, 0)])


def told(lao_id: int) -> tuple[int, int]:
    with scope(lao_id), transaction.atomic():
        head = chain.head()
        return Shelf.objects.count(), head.number if head else 0


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_inside_a_transaction_that_could_undo_every_lao(laos: Laos) -> None:
    del laos
    first, *_ = everywhere(why="sweep", by=SWEEPER, now=NOON)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), first:
        pass
