"""One event to one subscriber, with one effect however often it is tried."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext

from nayu.kernel.events.jobs import BACK_OFF, DELIVER, QUEUE, in_our_transaction
from nayu.kernel.events.models import Delivered
from nayu.kernel.events.registry import subscriber_named
from nayu.kernel.events.shapes import read
from nayu.kernel.scope import scope

logger = logging.getLogger(__name__)

#: Runs a function in a thread that may wait, and waits for it.
InThread: TypeAlias = Callable[[Callable[[], None]], Awaitable[None]]

#: Where the worker puts its threads into the context of a job.
THREADS = "threads"


def deliver_one(*, subscriber: str, event: str, event_id: str, data: dict[str, Any]) -> None:
    """
    Call the subscriber in the event's scope and in one transaction, unless it has had this event.

    :raises UnknownSubscriber: nobody of that name listens to it.
    :raises BadEvent: the data does not fit the event's class of today.
    """
    known = subscriber_named(subscriber, event=event)
    heard = read(known.event_class, data)
    with scope(heard.lao_id), transaction.atomic():
        if Delivered.first_time(event_id=event_id, subscriber=subscriber):
            known.function(heard, now=timezone.now())


def _deliver_at_the_door(job: JobContext, **arguments: Any) -> None:
    try:
        deliver_one(**arguments)
    except Exception:
        # procrastinate tells of a failure only when it gives up, a day later.
        logger.exception("Job %s failed, try %s", job.job.id, job.job.attempts + 1)
        raise


@app.task(name=DELIVER, queue=QUEUE, retry=BACK_OFF, pass_context=True)
async def deliver_job(job: JobContext, /, **arguments: Any) -> None:
    """The task that a worker runs; async, so that a worker told to stop can let go of it."""
    in_thread: InThread = job.additional_context.get(THREADS, asyncio.to_thread)
    await in_thread(partial(_deliver_at_the_door, job, **arguments))


def deliver() -> int:
    """
    Deliver here and now what is announced and waiting, and what that announces in turn.

    For tests and for seeding: it sees what the transaction in progress has announced. An error of
    a subscriber goes to the caller, and its job stays.

    :returns: how many jobs ran.
    """
    ran = 0
    while job := _oldest_waiting():
        with transaction.atomic():
            # Only while it is still waiting: a worker may have taken it.
            if in_our_transaction.cancel_job_by_id(job.pk, delete_job=True):
                deliver_one(**job.args)
                ran += 1
    return ran


def _oldest_waiting() -> ProcrastinateJob | None:
    waiting = ProcrastinateJob.objects.filter(task_name=DELIVER, status="todo")
    return waiting.order_by("pk").first()
