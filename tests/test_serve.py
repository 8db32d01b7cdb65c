"""``nayu serve``: a family of processes that holds together, whatever ends first."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from nayu.project import roles
from tests.database import Server
from tests.running import (
    PATIENCE,
    Demo,
    Running,
    environment,
    free_port,
    get,
    nayu,
    start_demo,
    survivors,
    until,
)

pytestmark = pytest.mark.slow


def answers(demo: Demo) -> bool:
    return get(demo.port, "pakphun.localhost").status == 200


def test_killing_the_parent_leaves_nothing_and_the_next_start_works(data: Path) -> None:
    with start_demo(data).running as running:
        family = running.family()
        running.end(signal.SIGKILL)
        # At once: the old database may still be on its way out.
        again = start_demo(data)
        with again.running:
            assert answers(again)
            assert survivors(family) == []


def test_a_crashed_web_server_is_started_again(data: Path) -> None:
    demo = start_demo(data)
    with demo.running as running:
        running.web_server().kill()
        until(lambda: "The web has ended by itself" in running.said, "it says so")
        until(lambda: answers(demo), "the page comes back")


def test_counts_of_a_server_that_ended_are_not_counted_again(data: Path) -> None:
    left_behind = data / "metrics" / "counter_1.db"
    left_behind.parent.mkdir()
    left_behind.touch()
    with start_demo(data, NAYU_METRICS_TOKEN="only-for-tests").running:
        assert not left_behind.exists()


def test_one_crashed_web_process_is_replaced(data: Path) -> None:
    demo = start_demo(data)
    with demo.running as running:
        web = running.web_server()
        before = {child.pid for child in web.children()}
        web.children()[0].kill()
        until(lambda: bool({child.pid for child in web.children()} - before), "another comes")
        until(lambda: answers(demo), "the page comes back")


def test_a_killed_database_is_started_again(data: Path) -> None:
    demo = start_demo(data)
    with demo.running as running:
        running.child("postgres").kill()
        until(lambda: "The database has ended" in running.said, "it says so")
        until(lambda: answers(demo), "the page comes back")
        family = running.family()
        assert running.end(signal.SIGTERM) == 0
        assert survivors(family) == []


def test_it_serves_what_was_migrated_and_stops_with_exit_code_zero(data: Path) -> None:
    port = free_port()
    with Running("serve", data=data, NAYU_PORT=str(port), NAYU_DEMO="1") as running:
        until(lambda: get(port, "lomraet.localhost").status == 200, "it serves")
        assert running.end(signal.SIGTERM) == 0


def test_it_refuses_an_installation_that_was_never_migrated(tmp_path: Path) -> None:
    refused = nayu("serve", data=tmp_path / "data")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "nayu migrate" in refused.stderr


@pytest.mark.usefixtures("django_db_setup")
def test_the_owners_password_is_nowhere_in_the_processes_that_serve(
    server: Server, tmp_path: Path
) -> None:
    port = free_port()
    with Running(
        "serve",
        data=tmp_path / "data",
        NAYU_PORT=str(port),
        DATABASE_URL=server.url(roles.APP),
        NAYU_OWNER_DATABASE_URL=server.url(roles.OWNER),
        NAYU_SECRET_KEY="only-for-tests-" * 4,
        NAYU_KEYS=os.environ["NAYU_KEYS"],
        NAYU_DEMO="1",
    ) as running:
        until(lambda: get(port, "lomraet.localhost").status == 200, "it serves")
        environments = [Path(f"/proc/{child.pid}/environ") for child in running.family()]
        assert not [file for file in environments if b"owner-pw" in file.read_bytes()]
        assert not (tmp_path / "data" / "secrets.json").exists()
        assert running.end(signal.SIGTERM) == 0


@pytest.mark.usefixtures("django_db_setup")
def test_migrations_at_the_same_time_take_turns(server: Server, tmp_path: Path) -> None:
    urls = environment(
        tmp_path / "data",
        DATABASE_URL=server.url(roles.APP),
        NAYU_OWNER_DATABASE_URL=server.url(roles.OWNER),
        NAYU_SECRET_KEY="only-for-tests-" * 4,
        NAYU_KEYS=os.environ["NAYU_KEYS"],
    )
    command = [sys.executable, "-m", "nayu.project.cli", "migrate"]
    both = [
        subprocess.Popen(command, env=urls, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    ends = [one.communicate(timeout=PATIENCE)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], ends


def test_migrate_needs_the_owner_where_the_database_is_not_ours(tmp_path: Path) -> None:
    refused = nayu("migrate", data=tmp_path, DATABASE_URL="host=nowhere dbname=x user=x")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "NAYU_OWNER_DATABASE_URL" in refused.stderr


STUBBORN = """
import signal, sys, time
from nayu.project.supervisor import Forked, Supervisor

def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("deaf", flush=True)
    time.sleep(600)

supervisor = Supervisor()
supervisor.start(Forked("stubborn", stubborn, 600.0))
supervisor.run()
print("told", flush=True)
supervisor.stop()
print("done", flush=True)
"""

FLOORS = """
import os, signal
from nayu.project.supervisor import Supervisor

class Floor:
    patience = 1.0
    starts = 0

    def __init__(self, name, stands_at_start):
        self.name = name
        self.stands_at_start = stands_at_start

    def start(self):
        self.starts += 1
        print(self.name, self.starts, flush=True)
        if self.name == "upper":
            os.kill(os.getpid(), signal.SIGTERM)

    def has_ended(self):
        return self.starts < self.stands_at_start

    def ask_to_end(self):
        pass

    end_now = ask_to_end

supervisor = Supervisor()
supervisor.adopt(Floor("lower", 2))
supervisor.adopt(Floor("upper", 1))
os.kill(os.getpid(), signal.SIGCHLD)
supervisor.run()
"""

SLOW = """
import sys, time, types
from nayu.project import web

def application(environ, start_response):
    print("begun", flush=True)
    time.sleep(0.5)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"finished"]

module = types.ModuleType("nayu.project.wsgi")
module.application = application
sys.modules["nayu.project.wsgi"] = module
sys.exit(web.serve("127.0.0.1", int(sys.argv[1])))
"""


def script(text: str, *words: str, data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", text, *words],
        env={**environment(data), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )


def heard(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None, "opened as a pipe"
    assert process.stdout.readline() == f"{word}\n"


def test_a_second_interrupt_stops_being_polite(tmp_path: Path) -> None:
    with script(STUBBORN, data=tmp_path) as process:
        heard(process, "deaf")
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]
        process.send_signal(signal.SIGINT)
        heard(process, "told")
        process.send_signal(signal.SIGINT)
        heard(process, "done")
        assert survivors(family) == []


def test_nothing_is_started_before_what_it_stands_on(tmp_path: Path) -> None:
    with script(FLOORS, data=tmp_path) as process:
        told, _ = process.communicate(timeout=PATIENCE)
    assert told.splitlines() == ["lower 1", "lower 2", "upper 1"]


def listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port)):
        return True


def test_a_request_under_way_is_finished_before_the_web_server_ends(tmp_path: Path) -> None:
    port = free_port()
    with script(SLOW, str(port), data=tmp_path) as process, ThreadPoolExecutor() as pool:
        until(lambda: listens(port), "it listens")
        answer = pool.submit(get, port, "localhost")
        heard(process, "begun")
        process.send_signal(signal.SIGTERM)
        assert answer.result(PATIENCE).text == "finished"
        assert process.wait(PATIENCE) == 0
