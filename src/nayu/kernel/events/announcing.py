"""Telling the house what became true."""

from uuid import UUID

from django.db import transaction
from procrastinate.jobs import Job
from procrastinate.types import JSONDict

from nayu.kernel.events.jobs import DELIVER, QUEUE, in_our_transaction
from nayu.kernel.events.registry import Subscriber, listeners, name_of
from nayu.kernel.events.shapes import Event, write
from nayu.kernel.scope import here
from nayu.kernel.tenancy import new_id


def announce(event: Event) -> None:
    """
    Write one job per subscriber in the caller's transaction, so that a rollback takes them along.

    :raises BadEvent: a value cannot travel exactly.
    :raises NoScope: outside every scope.
    """
    assert transaction.get_connection().in_atomic_block, "announce inside the change's transaction"
    assert event.lao_id == here(), "an event belongs to the LAO in scope"
    data = write(event)
    event_id = new_id()
    name = name_of(type(event))
    jobs = [_job(subscriber, name, event_id, data) for subscriber in listeners(type(event))]
    if jobs:
        in_our_transaction.batch_defer_jobs(jobs)


def _job(subscriber: Subscriber, event: str, event_id: UUID, data: JSONDict) -> Job:
    return Job(
        task_name=DELIVER,
        queue=QUEUE,
        lock=None,
        queueing_lock=None,
        task_kwargs={
            "subscriber": subscriber.name,
            "event": event,
            "event_id": str(event_id),
            "data": data,
        },
    )
