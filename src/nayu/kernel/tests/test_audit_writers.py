"""Many writers, one chain."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connections, transaction

from nayu.kernel import audit
from nayu.kernel.audit import chain
from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.models import Shelf

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
WRITERS = 8
EACH = 10


def write(lao_id: int, together: Barrier) -> None:
    together.wait()
    try:
        for turn in range(EACH):
            with scope(lao_id), transaction.atomic():
                shelf = Shelf.objects.create(label=str(turn))
                audit.record("shelf.made", by=System("writer"), now=NOON, on=shelf)
                audit.record("shelf.moved", by=System("writer"), now=NOON, on=shelf)
                # Every other one changes its mind.
                transaction.set_rollback(turn % 2 == 1)
    finally:
        connections.close_all()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_writers_in_one_lao_leave_one_unbroken_chain(laos: Laos) -> None:
    together = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        for writer in [pool.submit(write, laos.pak_phun, together) for _ in range(WRITERS)]:
            writer.result()

    with scope(laos.pak_phun):
        result = chain.checked()
    assert (result.broken, result.lengths) == ([], {laos.pak_phun: WRITERS * EACH})


@pytest.mark.django_db(transaction=True)
def test_a_writer_who_is_not_done_yet_keeps_nobody_waiting(laos: Laos) -> None:
    with scope(laos.pak_phun), transaction.atomic():
        audit.record("a.long_work", by=System("writer"), now=NOON)
        # On its own connection; behind a lock taken where the entry is written it would hang.
        audit.record_apart("a.short_work", by=System("writer"), now=NOON)

    with scope(laos.pak_phun), transaction.atomic():
        actions = [line.row["action"] for line in chain.lines()]
    assert actions == ["a.short_work", "a.long_work"]
