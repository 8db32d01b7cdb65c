"""Announcing, and delivering inline."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nayu.kernel import events
from nayu.kernel.events.models import Delivered
from nayu.kernel.scope import NoScope, scope
from tests.database import Laos
from tests.room.events import BookReturned, NobodyListens, ShelfMoved, ShelfWanted
from tests.room.models import Book, Shelf

pytestmark = pytest.mark.django_db


def jobs() -> list[dict[str, object]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("args", flat=True))


def labels() -> list[str]:
    return list(Shelf.objects.order_by("pk").values_list("label", flat=True))


def change_and_fail(lao_id: int) -> None:
    with transaction.atomic():
        events.announce(ShelfWanted(lao_id=lao_id, label="never"))
        raise LookupError


def test_every_subscriber_gets_a_job_of_the_same_event(laos: Laos) -> None:
    with scope(laos.pak_phun):
        events.announce(ShelfMoved(lao_id=laos.pak_phun, label="a"))
    first, second = jobs()
    assert (first["subscriber"], second["subscriber"]) == (
        "room.mark_old_place",
        "room.mark_new_place",
    )
    assert first["event"] == second["event"] == "room.ShelfMoved"
    assert first["event_id"] == second["event_id"]
    assert UUID(str(first["event_id"])).version == 7


def test_a_rolled_back_savepoint_takes_the_job_along(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(LookupError):
        change_and_fail(laos.pak_phun)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_rolled_back_transaction_takes_the_job_along(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(LookupError):
        change_and_fail(laos.pak_phun)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_announcing_outside_a_transaction_is_impossible(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(AssertionError, match="transaction"):
        events.announce(ShelfWanted(lao_id=laos.pak_phun, label="x"))


def test_an_event_of_another_lao_cannot_be_announced(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(AssertionError, match="scope"):
        events.announce(ShelfWanted(lao_id=laos.wiang_phrao, label="x"))
    with pytest.raises(NoScope):
        events.announce(ShelfWanted(lao_id=laos.pak_phun, label="x"))


def test_a_test_sees_what_was_announced(laos: Laos, announced: list[events.Event]) -> None:
    with scope(laos.pak_phun):
        events.announce(NobodyListens(lao_id=laos.pak_phun))
        events.announce(ShelfWanted(lao_id=laos.pak_phun, label="a"))
    assert announced == [NobodyListens(laos.pak_phun), ShelfWanted(laos.pak_phun, "a")]
    assert len(jobs()) == 1


def test_deliver_runs_what_is_announced_and_what_that_announces(laos: Laos) -> None:
    with scope(laos.pak_phun):
        Shelf.objects.create(label="history")
        events.announce(BookReturned(laos.pak_phun, title="ปากพูน", shelf="history"))
        assert events.deliver() == 2
        assert Book.objects.get().title == "ปากพูน"
        assert "asked for by ปากพูน" in labels()
    assert jobs() == []


def test_deliver_works_in_each_events_own_scope(laos: Laos) -> None:
    for lao_id in (laos.pak_phun, laos.wiang_phrao):
        with scope(lao_id):
            events.announce(ShelfWanted(lao_id, label=f"of {lao_id}"))
    with scope(laos.lom_raet):
        events.deliver()
        assert labels() == []
    with scope(laos.wiang_phrao):
        assert labels() == [f"of {laos.wiang_phrao}"]


def test_deliver_shows_the_error_undoes_the_half_work_and_keeps_the_job(laos: Laos) -> None:
    with scope(laos.pak_phun):
        events.announce(BookReturned(laos.pak_phun, title="x", shelf="not there"))
        with pytest.raises(Shelf.DoesNotExist):
            events.deliver()
        assert labels() == []
        assert not Delivered.objects.exists()
    assert len(jobs()) == 1


def listen_twice() -> None:
    def build_shelf(event: ShelfWanted, /, *, now: datetime) -> None: ...

    build_shelf.__module__ = "tests.room.subscribers"
    events.subscriber(ShelfWanted)(build_shelf)


def listen_from_nowhere() -> None:
    def listen(event: ShelfWanted, /, *, now: datetime) -> None: ...

    listen.__module__ = "tests.chaos.subscribers"
    events.subscriber(ShelfWanted)(listen)


@pytest.mark.parametrize(
    ("register", "sentence"),
    [(listen_twice, "two subscribers"), (listen_from_nowhere, "no installed app")],
)
def test_a_name_that_would_not_be_stable_is_refused_at_start(
    register: Callable[[], None], sentence: str
) -> None:
    with pytest.raises(events.BadEvent, match=sentence):
        register()
