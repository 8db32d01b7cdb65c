"""The process that runs the jobs."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

from nayu.kernel.events.delivering import THREADS
from nayu.kernel.events.upkeep import clean, rescue
from nayu.kernel.privacy.sweeping import sweep

logger = logging.getLogger(__name__)

_CLEAN_EVERY = 3600
#: Seconds for tasks that were told to end.
_LETTING_GO = 5


class BadOptions(ValueError):
    """A combination with which live jobs would be taken for stalled ones."""


@dataclass(frozen=True, slots=True)
class Options:
    """All but ``threads`` in seconds."""

    #: Jobs at the same time: one that waits for the outside world does not hold up the others.
    threads: int = 2
    heartbeat: float = 10
    #: Silence after which a worker counts as gone and its jobs are run by another.
    stalled_after: float = 30
    #: How often to look for jobs that became due; new ones are told at once.
    polling: float = 5
    #: What running jobs get to finish when the worker is told to stop.
    grace: float = 20

    def __post_init__(self) -> None:
        if self.threads < 1:
            raise BadOptions("a worker needs a thread")
        if self.stalled_after < 2 * self.heartbeat:
            raise BadOptions("stalled_after must be twice the heartbeat or more")


def work(options: Options, *, until_idle: bool = False) -> int:
    """
    Run jobs until SIGTERM or SIGINT, which lets running jobs finish.

    A job that outlasts the grace goes back in the queue, its half work undone. The worker ends
    itself when it cannot note how a job ended, or cannot reach the database: its supervisor starts
    it again, and the job is rescued. It may be forked from a process that has set Django up and
    opened no connection.

    :param until_idle: stop as well when no job is due; what running ones then announce waits.
    :returns: exit code: 0 when told to stop (or idle), 1 when it ended itself.
    """
    threads = _JobThreads(options.threads)
    code = asyncio.run(_to_the_end(options, threads, until_idle=until_idle))
    if not threads.close():
        # A thread cannot be stopped from outside, but its transaction dies with the process.
        logger.warning("A job did not finish in time; it goes back in the queue")
        _end_at_once(code)
    return code


def _end_at_once(code: int) -> None:
    logging.shutdown()
    os._exit(code)


async def _to_the_end(options: Options, threads: "_JobThreads", *, until_idle: bool) -> int:
    code = await _until_stopped(options, threads, until_idle=until_idle)
    await let_go(code)
    return code


async def let_go(code: int) -> None:
    """
    End the tasks that are left; the process with them where one does not obey.

    After the database was killed a connection pool's task can swallow its cancellation, and the
    loop would wait for it for ever: alive, so that no supervisor starts the worker again.
    """
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left and (await asyncio.wait(left, timeout=_LETTING_GO))[1]:
        logger.warning("A task does not let go; the process ends without it")
        _end_at_once(code)


async def _until_stopped(options: Options, threads: "_JobThreads", *, until_idle: bool) -> int:
    body = asyncio.create_task(_work(options, threads, until_idle=until_idle))
    told_to_stop = asyncio.Event()

    def stop() -> None:
        # Only once: Ctrl-C in a terminal comes from the terminal and from the supervisor.
        if not told_to_stop.is_set():
            told_to_stop.set()
            body.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await asyncio.wait([body])
    if told_to_stop.is_set():
        return 0
    error = None if body.cancelled() else body.exception()
    if until_idle and not body.cancelled() and error is None:
        return 0
    logger.error("The worker ends itself, to be started again", exc_info=error)
    return 1


async def _work(options: Options, threads: "_JobThreads", *, until_idle: bool) -> None:
    connector = _Connector()
    # with_connector and not replace_connector: what a task defers stays in the task's transaction.
    async with app.with_connector(connector).open_async() as ours:
        await _rescue(options)
        jobs = asyncio.create_task(
            ours.run_worker_async(
                concurrency=options.threads,
                wait=not until_idle,
                listen_notify=not until_idle,
                fetch_job_polling_interval=options.polling,
                shutdown_graceful_timeout=options.grace,
                install_signal_handlers=False,
                update_heartbeat_interval=options.heartbeat,
                stalled_worker_timeout=options.stalled_after,
                additional_context={THREADS: threads.run},
                # Ours manage their connections themselves; see _JobThreads.
                task_middleware=[],
            )
        )
        connector.when_lost = jobs.cancel
        upkeep = asyncio.create_task(_keep_up(options))
        try:
            await jobs
        finally:
            upkeep.cancel()


class _Connector(PsycopgConnector):
    """
    Procrastinate's own connections: one in use, and one to listen.

    A job whose end could not be written would stay "doing" under a worker that lives on, where
    nobody rescues it. So the worker ends with the first statement that fails.
    """

    when_lost: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self) -> None:
        super().__init__(kwargs=connector_params(), min_size=1, max_size=2, timeout=5)

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        try:
            await super().execute_query_async(query, **arguments)
        except ConnectorException:
            logger.exception("The state of a job could not be written")
            self.when_lost()
            raise


class _JobThreads:
    """
    One thread a running job. Each keeps its Django connections, because opening one costs more
    than a small job, and drops a dead one before the next job.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._free = [ThreadPoolExecutor(1, f"nayu-job-{number}") for number in range(count)]

    async def run(self, work: Callable[[], None]) -> None:
        # procrastinate runs as many jobs at once as there are threads, so one is free.
        thread = self._free.pop()
        future = thread.submit(_with_live_connections, work)
        try:
            await asyncio.wrap_future(future)
        finally:
            if future.done():
                self._free.append(thread)

    def close(self) -> bool:
        """Close what is idle; ``False`` when a job is still running."""
        for thread in self._free:
            thread.submit(connections.close_all)
            thread.shutdown()
        return len(self._free) == self._count


def _with_live_connections(work: Callable[[], None]) -> None:
    close_old_connections()
    work()


async def _keep_up(options: Options) -> None:
    cleaned_at = float("-inf")
    loop = asyncio.get_running_loop()
    while True:
        if loop.time() - cleaned_at >= _CLEAN_EVERY:
            cleaned_at = loop.time()
            await asyncio.to_thread(_tidy)
        await asyncio.sleep(options.heartbeat)
        await _rescue(options)


def _tidy() -> None:
    _in_passing(lambda: clean(now=timezone.now()))
    _in_passing(lambda: sweep(now=timezone.now()))


async def _rescue(options: Options) -> None:
    await asyncio.to_thread(
        _in_passing, lambda: rescue(silent_for=options.stalled_after, now=timezone.now())
    )


def _in_passing(work: Callable[[], object]) -> None:
    """Upkeep comes again soon, so a failure is told and not fatal; it keeps no connection."""
    try:
        work()
    except (DatabaseError, ConnectorException):
        logger.exception("Upkeep failed")
    finally:
        connections.close_all()
