"""What keeps the jobs in order: stalled ones are run again, old ones go."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.jobs import Status

from nayu.kernel.events.jobs import DELIVER, RETRIES, in_our_transaction
from nayu.kernel.events.models import Delivered
from nayu.kernel.everywhere import lao_ids
from nayu.kernel.scope import scope

logger = logging.getLogger(__name__)

#: Long enough to look at what happened yesterday.
SUCCEEDED_KEPT = timedelta(days=2)
#: Given up on: somebody has to see it, and may want to try again.
GIVEN_UP_KEPT = timedelta(days=90)
#: Counted from the announcement; longer for as long as an older event has an unfinished job.
DELIVERED_KEPT = timedelta(days=30)

#: Any number, the same in every worker of a database.
RESCUE_LOCK = 4_201
CLEAN_LOCK = 4_202


def rescue(*, silent_for: float, now: datetime) -> int:
    """
    Put the jobs of workers that are gone back in the queue.

    A job that has brought down its worker too often is given up on instead.

    :param silent_for: seconds without a heartbeat after which a worker counts as gone; more than
        the interval of its heartbeat, or a live worker's job is run twice at once.
    :returns: how many jobs wait again.
    """
    with transaction.atomic():
        # One at a time: with an older list in hand, a second rescuer would take the job from the
        # worker that has it again.
        if not _alone(RESCUE_LOCK):
            return 0
        stalled = list(
            async_to_sync(in_our_transaction.get_stalled_jobs)(seconds_since_heartbeat=silent_for)
        )
        hopeless = [job for job in stalled if job.attempts >= RETRIES]
        for job in stalled:
            assert job.id is not None, "a job from the database has an id"
            if job not in hopeless:
                in_our_transaction.retry_job_by_id(job.id, retry_at=now)
        for job in hopeless:
            async_to_sync(in_our_transaction.finish_job)(job, Status.FAILED, delete_job=False)
    if stalled:
        logger.warning(
            "%s stalled jobs: %s wait again, %s are given up on",
            *(len(stalled), len(stalled) - len(hopeless), len(hopeless)),
        )
    return len(stalled) - len(hopeless)


def clean(*, now: datetime) -> None:
    """Delete finished jobs, and the marks of deliveries that can no longer be tried again."""
    with transaction.atomic():
        if not _alone(CLEAN_LOCK):
            return
        _delete_finished_jobs()
        bound = min(_first_id_at(now - DELIVERED_KEPT), _oldest_unfinished_event())
    for lao_id in lao_ids():
        # One short transaction each; nobody waits for the last of 7,850.
        with scope(lao_id), transaction.atomic():
            Delivered.objects.filter(event_id__lt=bound).delete()


def _alone(lock: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        return bool(cursor.fetchone()[0])


def _delete_finished_jobs() -> None:
    delete = async_to_sync(in_our_transaction.delete_old_jobs)
    delete(nb_hours=_hours(SUCCEEDED_KEPT))
    delete(
        nb_hours=_hours(GIVEN_UP_KEPT),
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


def _hours(span: timedelta) -> int:
    return span // timedelta(hours=1)


def _oldest_unfinished_event() -> UUID:
    """A job given up on counts as unfinished, because it can be tried again by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            # As text, because min(uuid) is younger than PostgreSQL 15; UUIDv7 sorts by time.
            "SELECT min((args->>'event_id') COLLATE \"C\") FROM procrastinate_jobs"
            " WHERE task_name = %s AND status IN ('todo', 'doing', 'failed')",
            [DELIVER],
        )
        (oldest,) = cursor.fetchone()
    return UUID(oldest) if oldest else UUID(int=2**128 - 1)


def _first_id_at(moment: datetime) -> UUID:
    """The smallest UUIDv7 of a moment: its first 48 bits are milliseconds since 1970."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
