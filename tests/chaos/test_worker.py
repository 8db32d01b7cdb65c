"""The worker process: stopping, stalling, and a database that goes away."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from nayu.project import roles
from tests.chaos.workers import PATIENCE, announce, labels, statuses, until, workers
from tests.database import Laos, Server
from tests.room.events import DoorClosed, ShelfWanted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DOOR = 7


@contextmanager
def closed_door(server: Server) -> Iterator[psycopg.Connection]:
    """A job of ``DoorClosed`` runs until this is left."""
    with psycopg.connect(server.url(roles.APP), autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        yield keeper


def someone_waits(keeper: psycopg.Connection) -> bool:
    waiting = keeper.execute(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", [DOOR]
    )
    return waiting.fetchone() is not None


def jobs_seen() -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.values_list("status", "attempts"))


def last_heartbeat() -> datetime:
    heartbeat: datetime = ProcrastinateWorker.objects.latest("last_heartbeat").last_heartbeat
    return heartbeat


def heartbeat_after(moment: datetime) -> bool:
    return last_heartbeat() > moment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_finishes_its_job_first(
    laos: Laos, server: Server, tmp_path: Path, number: signal.Signals
) -> None:
    announce(DoorClosed(laos.pak_phun, "done", DOOR))
    with workers(server, tmp_path) as group:
        with closed_door(server) as keeper:
            worker = group.start()
            until(lambda: someone_waits(keeper), "the job at the door")
            announce(ShelfWanted(laos.pak_phun, "for the next worker"))
            worker.send_signal(number)
        assert worker.wait(PATIENCE) == 0
    assert labels(laos.pak_phun)[0] == "done"
    assert statuses()[0] == "succeeded"
    assert not ProcrastinateWorker.objects.exists()


def test_a_job_that_outlasts_the_grace_goes_back_in_the_queue(
    laos: Laos, server: Server, tmp_path: Path
) -> None:
    announce(DoorClosed(laos.pak_phun, "once", DOOR))
    with workers(server, tmp_path, "--grace=0.1") as group:
        with closed_door(server) as keeper:
            worker = group.start()
            until(lambda: someone_waits(keeper), "the job at the door")
            assert group.stop(worker, signal.SIGTERM) == 0
            assert statuses() == ["todo"]
            assert labels(laos.pak_phun) == []
        group.start()
        until(lambda: statuses() == ["succeeded"], "the next worker")
    assert labels(laos.pak_phun) == ["once"]


def test_a_stalled_job_is_finished_by_another_worker_and_a_live_one_is_not_taken(
    laos: Laos, server: Server, tmp_path: Path
) -> None:
    with workers(server, tmp_path) as group, closed_door(server) as keeper:
        announce(DoorClosed(laos.pak_phun, "of the dead", DOOR))
        doomed = group.start()
        until(lambda: someone_waits(keeper), "the first job at the door")
        group.stop(doomed, signal.SIGKILL)

        alive = group.start()
        until(lambda: jobs_seen() == [("doing", 1)], "the rescue")
        # Several rescues later the job is still with the live worker.
        for _ in range(4):
            until(partial(heartbeat_after, last_heartbeat()), "a heartbeat")
        assert jobs_seen() == [("doing", 1)]
        assert alive.poll() is None
        keeper.execute("SELECT pg_advisory_unlock(%s)", [DOOR])
        until(lambda: statuses() == ["succeeded"], "the job")
    assert labels(laos.pak_phun) == ["of the dead"]


@pytest.mark.chaos
def test_the_session_of_a_killed_worker_does_not_wait_for_ever(
    laos: Laos, server: Server, tmp_path: Path
) -> None:
    announce(DoorClosed(laos.pak_phun, "of the dead", DOOR))
    with workers(server, tmp_path) as group, closed_door(server) as keeper:
        doomed = group.start()
        until(lambda: someone_waits(keeper), "the job at the door")
        group.stop(doomed, signal.SIGKILL)
        assert someone_waits(keeper)
        until(lambda: not someone_waits(keeper), "the end of its session")


def test_after_the_database_was_restarted_a_restarted_worker_finishes_the_job(
    laos: Laos, server: Server, tmp_path: Path
) -> None:
    announce(DoorClosed(laos.pak_phun, "cut in the middle", DOOR))
    with workers(server, tmp_path, "--grace=0.1") as group:
        with closed_door(server) as keeper:
            worker = group.start()
            until(lambda: someone_waits(keeper), "the job at the door")
            connections.close_all()
            server.postgres.stop()
        assert worker.wait(PATIENCE) == 1
        assert "to be started again" in group.log

        group.start()
        server.postgres.start()
        until(lambda: statuses() == ["succeeded"], "the job after the restart")
    assert labels(laos.pak_phun) == ["cut in the middle"]


def test_a_worker_that_cannot_note_how_a_job_ended_ends_itself(
    laos: Laos, server: Server, tmp_path: Path
) -> None:
    announce(DoorClosed(laos.pak_phun, "done", DOOR))
    with workers(server, tmp_path) as group:
        with closed_door(server) as keeper:
            worker = group.start()
            until(lambda: someone_waits(keeper), "the job at the door")
            keeper.execute("DELETE FROM procrastinate_jobs")
        assert worker.wait(PATIENCE) == 1
        assert "could not be written" in group.log
    assert labels(laos.pak_phun) == ["done"]


@pytest.mark.chaos
def test_a_worker_that_finds_no_database_says_so_and_ends(server: Server, tmp_path: Path) -> None:
    with workers(server, tmp_path) as group:
        connections.close_all()
        server.postgres.stop()
        try:
            assert group.start().wait(PATIENCE) == 1
        finally:
            server.postgres.start()
        assert "to be started again" in group.log


def test_a_task_that_does_not_let_go_cannot_keep_the_process_alive() -> None:
    command = [sys.executable, "-m", "tests.chaos.stubborn"]
    ended = subprocess.run(command, timeout=PATIENCE, capture_output=True, check=False, text=True)
    assert (ended.returncode, "does not let go" in ended.stderr) == (7, True)
