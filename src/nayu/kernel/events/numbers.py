"""How the queue is doing, for metrics."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection


@dataclass(frozen=True, slots=True)
class Numbers:
    #: Wait for a worker, or for their next try.
    todo: int
    doing: int
    #: Given up on: somebody has to look.
    failed: int
    #: How long ago the oldest job that is still todo or doing was announced; 0 when there is none.
    oldest: timedelta


def numbers() -> Numbers:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE job.status = 'todo'),"
            " count(*) FILTER (WHERE job.status = 'doing'),"
            " count(*) FILTER (WHERE job.status = 'failed'),"
            " coalesce(clock_timestamp() - min(event.at) FILTER (WHERE job.status <> 'failed'),"
            " '0'::interval)"
            " FROM procrastinate_jobs job"
            " LEFT JOIN procrastinate_events event"
            " ON event.job_id = job.id AND event.type = 'deferred'"
            " WHERE job.status IN ('todo', 'doing', 'failed')"
        )
        return Numbers(*cursor.fetchone())
