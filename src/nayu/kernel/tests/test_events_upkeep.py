"""Stalled jobs are finished by somebody else, live ones are left alone, old ones go."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nayu.kernel import events
from nayu.kernel.events.jobs import RETRIES
from nayu.kernel.events.models import Delivered
from nayu.kernel.events.upkeep import (
    DELIVERED_KEPT,
    GIVEN_UP_KEPT,
    RESCUE_LOCK,
    SUCCEEDED_KEPT,
    clean,
    rescue,
)
from nayu.kernel.events.worker import Options, work
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.events import ShelfWanted
from tests.room.models import Shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SILENT_FOR = 30


def announce(lao_id: int, label: str = "a") -> None:
    with scope(lao_id), transaction.atomic():
        events.announce(ShelfWanted(lao_id, label))


def ask(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def run_sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def take_job(*, heartbeat_ago: int) -> ProcrastinateJob:
    """A worker that last gave a sign so many seconds ago has taken the oldest job."""
    worker = ask(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - %s * interval '1 second') RETURNING id",
        heartbeat_ago,
    )
    job_id = ask("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker)
    job: ProcrastinateJob = ProcrastinateJob.objects.get(pk=job_id)
    return job


def labels(lao_id: int) -> list[str]:
    with scope(lao_id), transaction.atomic():
        return sorted(Shelf.objects.values_list("label", flat=True))


def marks(lao_id: int) -> int:
    with scope(lao_id), transaction.atomic():
        return Delivered.objects.count()


def now() -> datetime:
    return timezone.now()


def test_a_worker_that_starts_finishes_the_job_of_one_that_is_gone(laos: Laos) -> None:
    announce(laos.pak_phun)
    job = take_job(heartbeat_ago=SILENT_FOR + 1)
    work(Options(stalled_after=SILENT_FOR), until_idle=True)
    assert labels(laos.pak_phun) == ["a"]
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("succeeded", 2)


def test_the_job_of_a_live_worker_is_left_alone(laos: Laos) -> None:
    announce(laos.pak_phun)
    job = take_job(heartbeat_ago=SILENT_FOR - 10)
    assert rescue(silent_for=SILENT_FOR, now=now()) == 0
    work(Options(stalled_after=SILENT_FOR), until_idle=True)
    assert labels(laos.pak_phun) == []
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("doing", 0)


def test_a_job_rescued_after_its_effect_does_nothing_more(laos: Laos) -> None:
    announce(laos.pak_phun)
    work(Options(), until_idle=True)
    # The worker was killed after the commit of the effect and before it could say so.
    run_sql("UPDATE procrastinate_jobs SET status = 'todo'")
    take_job(heartbeat_ago=SILENT_FOR + 1)
    assert rescue(silent_for=SILENT_FOR, now=now()) == 1
    work(Options(), until_idle=True)
    assert labels(laos.pak_phun) == ["a"]


def test_a_job_that_keeps_bringing_down_its_worker_is_given_up_on(laos: Laos) -> None:
    announce(laos.pak_phun, "poison")
    run_sql("UPDATE procrastinate_jobs SET attempts = %s", RETRIES)
    take_job(heartbeat_ago=SILENT_FOR + 1)
    assert rescue(silent_for=SILENT_FOR, now=now()) == 0
    assert events.numbers().failed == 1


def test_a_second_rescuer_steps_back_while_the_first_is_at_work(laos: Laos) -> None:
    announce(laos.pak_phun)
    take_job(heartbeat_ago=SILENT_FOR + 1)
    first = connections.create_connection("default")
    try:
        with first.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RESCUE_LOCK])
            assert rescue(silent_for=SILENT_FOR, now=now()) == 0
            cursor.execute("COMMIT")
        assert rescue(silent_for=SILENT_FOR, now=now()) == 1
    finally:
        first.close()


def finish(label: str, status: str, *, ago: timedelta) -> None:
    run_sql(
        "UPDATE procrastinate_jobs SET status = %s WHERE args->'data'->>'label' = %s", status, label
    )
    run_sql(
        "UPDATE procrastinate_events SET at = now() - %s WHERE job_id IN"
        " (SELECT id FROM procrastinate_jobs WHERE args->'data'->>'label' = %s)",
        *(ago, label),
    )


def test_finished_jobs_go_after_their_time_and_unfinished_ones_never(laos: Laos) -> None:
    hour = timedelta(hours=1)
    for label, status, ago in [
        ("done long ago", "succeeded", SUCCEEDED_KEPT + hour),
        ("done", "succeeded", SUCCEEDED_KEPT - hour),
        ("given up long ago", "failed", GIVEN_UP_KEPT + hour),
        ("given up", "failed", GIVEN_UP_KEPT - hour),
        ("waiting", "todo", GIVEN_UP_KEPT + hour),
    ]:
        announce(laos.pak_phun, label)
        finish(label, status, ago=ago)
    clean(now=now())
    kept = ProcrastinateJob.objects.order_by("pk").values_list("args__data__label", flat=True)
    assert list(kept) == ["done", "given up", "waiting"]


def test_marks_of_deliveries_go_after_their_time_in_every_lao(laos: Laos) -> None:
    for lao_id in (laos.pak_phun, laos.lom_raet):
        announce(lao_id)
    work(Options(), until_idle=True)
    clean(now=now() + DELIVERED_KEPT - timedelta(minutes=1))
    assert (marks(laos.pak_phun), marks(laos.lom_raet)) == (1, 1)
    clean(now=now() + DELIVERED_KEPT + timedelta(minutes=1))
    assert (marks(laos.pak_phun), marks(laos.lom_raet)) == (0, 0)


@pytest.mark.parametrize("status", ["todo", "doing", "failed"])
def test_a_mark_outlives_every_job_that_may_run_again(laos: Laos, status: str) -> None:
    announce(laos.pak_phun)
    work(Options(), until_idle=True)
    run_sql("UPDATE procrastinate_jobs SET status = %s", status)
    clean(now=now() + 10 * DELIVERED_KEPT)
    assert marks(laos.pak_phun) == 1

    run_sql("UPDATE procrastinate_jobs SET status = 'todo'")
    work(Options(), until_idle=True)
    assert labels(laos.pak_phun) == ["a"]
