"""The worker, run inside the test until no job is due; real commits, its own connections."""

import json
import logging
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nayu.kernel import events
from nayu.kernel.events.jobs import RETRIES
from nayu.kernel.events.models import Delivered
from nayu.kernel.events.worker import BadOptions, Options, work
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.events import BookReturned, SessionAsked, ShelfMoved, ShelfWanted, ShelvesCounted
from tests.room.models import Book, Shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def announce(event: events.Event) -> None:
    with scope(event.lao_id), transaction.atomic():
        events.announce(event)


def run_worker(threads: int = 2) -> None:
    """Until no job is due, those included that the last running ones announced."""
    due = ProcrastinateJob.objects.filter(status="todo")
    due = due.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=Now()))
    while due.exists():
        assert work(Options(threads=threads), until_idle=True) == 0


def labels(lao_id: int) -> list[str]:
    with scope(lao_id), transaction.atomic():
        return sorted(Shelf.objects.values_list("label", flat=True))


def run_sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_subscriber_is_called_once_by_a_worker(laos: Laos) -> None:
    announce(ShelfMoved(laos.pak_phun, "a"))
    run_worker()
    year = timezone.now().year
    assert labels(laos.pak_phun) == [f"a is here since {year}", f"a was here until {year}"]
    assert labels(laos.wiang_phrao) == []


def test_a_job_that_runs_twice_has_one_effect(laos: Laos) -> None:
    announce(ShelfWanted(laos.pak_phun, "once"))
    run_worker()
    run_sql("UPDATE procrastinate_jobs SET status = 'todo'")
    run_worker()
    assert labels(laos.pak_phun) == ["once"]
    assert ProcrastinateJob.objects.get().status == "succeeded"


def test_a_failing_subscriber_is_tried_again_later_and_its_half_work_is_undone(
    laos: Laos, caplog: pytest.LogCaptureFixture
) -> None:
    announce(BookReturned(laos.pak_phun, title="x", shelf="history"))
    run_worker()
    job = ProcrastinateJob.objects.get()
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at > timezone.now()
    assert labels(laos.pak_phun) == []
    assert "failed, try 1" in caplog.text

    with scope(laos.pak_phun), transaction.atomic():
        Shelf.objects.create(label="history")
    run_sql("UPDATE procrastinate_jobs SET scheduled_at = now()")
    run_worker()
    assert labels(laos.pak_phun) == ["asked for by x", "history", "trolley of x"]
    with scope(laos.pak_phun), transaction.atomic():
        assert Book.objects.get().shelf.label == "history"


def test_what_a_failing_subscriber_announced_in_the_worker_is_undone_too(laos: Laos) -> None:
    announce(BookReturned(laos.pak_phun, title="x", shelf="never"))
    run_worker()
    assert [job.args["event"] for job in ProcrastinateJob.objects.all()] == ["room.BookReturned"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subscriber": "gone.listener"}, "no installed module has the subscriber gone.listener"),
        ({"event": "gone.Event"}, "room.build_shelf does not listen to gone.Event"),
        ({"data": {"lao_id": 1}}, "missing \\['label'\\]"),
    ],
)
def test_a_job_that_nobody_understands_is_loud_and_kept(
    laos: Laos, caplog: pytest.LogCaptureFixture, wrong: dict[str, object], sentence: str
) -> None:
    announce(ShelfWanted(laos.pak_phun, "a"))
    job = ProcrastinateJob.objects.get()
    run_sql("UPDATE procrastinate_jobs SET args = args || %s::jsonb", json.dumps(wrong))
    with caplog.at_level(logging.ERROR):
        run_worker()
    assert sentence.replace("\\", "") in caplog.text
    job.refresh_from_db()
    # Tried again, since a newer worker may know it.
    assert (job.status, job.attempts) == ("todo", 1)


def test_a_job_given_up_on_is_counted(laos: Laos) -> None:
    announce(BookReturned(laos.pak_phun, title="x", shelf="never"))
    announce(ShelfWanted(laos.pak_phun, "later"))
    before = events.numbers()
    assert (before.todo, before.doing, before.failed) == (2, 0, 0)
    assert before.oldest.total_seconds() > 0

    run_sql("UPDATE procrastinate_jobs SET attempts = %s", RETRIES)
    run_worker()
    after = events.numbers()
    assert (after.todo, after.doing, after.failed) == (0, 0, 1)
    assert after.oldest.total_seconds() == 0


def test_a_thousand_alternating_laos_on_two_threads_leak_no_row(laos: Laos) -> None:
    ids = [laos.pak_phun, laos.wiang_phrao, laos.lom_raet]
    for lao_id in ids:
        announce(ShelfWanted(lao_id, "first"))
    with transaction.atomic():
        for number in range(1000):
            with scope(ids[number % 3]):
                events.announce(ShelvesCounted(ids[number % 3], f"{number:03}"))
    run_worker(threads=2)
    for place, lao_id in enumerate(ids):
        mine = [f"{number:03} saw 0" for number in range(place, 1000, 3)]
        assert labels(lao_id) == [*mine, "first"]
        with scope(lao_id), transaction.atomic():
            assert Delivered.objects.count() == len(mine) + 1


def test_each_thread_keeps_one_connection_and_the_worker_leaves_none_open(laos: Laos) -> None:
    with transaction.atomic(), scope(laos.pak_phun):
        for _ in range(40):
            events.announce(SessionAsked(laos.pak_phun))
    run_worker(threads=2)
    sessions = labels(laos.pak_phun)
    assert len(sessions) == 40
    assert len(set(sessions)) <= 2
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid::text FROM pg_stat_activity WHERE pid::text = ANY(%s)", [sessions]
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("options", [{"threads": 0}, {"heartbeat": 10, "stalled_after": 15}])
def test_options_that_would_take_live_jobs_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(BadOptions):
        Options(**options)
