"""The embedded server: ours, alone, and gone when we are."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from nayu.project.postgres import ADMIN, DatabaseDidNotStart, EmbeddedPostgres, wheel_programs

pytestmark = pytest.mark.slow

ONE = [(1,)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # pytest closes its folders to others; the server runs as another user when we are root.
    top = Path(tempfile.gettempdir())
    for parent in (tmp_path, *tmp_path.parents):
        if parent.is_relative_to(top) and parent != top:
            parent.chmod(0o711)
    return tmp_path / "db"


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder, "pw", wheel_programs(), ("fsync=off",))
    server.start()
    yield server
    server.stop()


def ask(server: EmbeddedPostgres) -> list[tuple[int]]:
    url = server.url(user=ADMIN, password="pw", database="postgres")
    with psycopg.connect(url) as connection:
        return list(connection.execute("SELECT 1").fetchall())


def test_it_answers_after_a_restart_with_what_was_committed(server: EmbeddedPostgres) -> None:
    url = server.url(user=ADMIN, password="pw", database="postgres")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    server.stop()
    server.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == ONE


def test_it_listens_on_no_network_address(server: EmbeddedPostgres) -> None:
    assert psutil.Process(server.pid).net_connections("inet") == []
    assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_its_log_tells_of_errors_and_holds_no_value_of_a_row(server: EmbeddedPostgres) -> None:
    url = server.url(user=ADMIN, password="pw", database="postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation, match="somying"):
            connection.execute("INSERT INTO people VALUES ('somying'), ('somying')")
    said = server.log.read_text()
    assert "duplicate key" in said
    assert "somying" not in said


def test_a_lock_file_of_a_server_that_was_killed_is_no_obstacle(server: EmbeddedPostgres) -> None:
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    assert (server.folder / "postmaster.pid").exists()
    server.start()
    assert ask(server) == ONE


def test_a_path_too_long_for_a_socket_gets_a_short_folder(tmp_path: Path, folder: Path) -> None:
    del folder
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    server = EmbeddedPostgres(deep / "db", "pw", wheel_programs(), ("fsync=off",))
    server.start()
    try:
        assert ask(server) == ONE
        assert server.socket_folder.stat().st_mode & 0o077 == 0
    finally:
        server.stop()
        server.socket_folder.rmdir()


def test_a_folder_closed_to_others_is_no_obstacle_for_root(folder: Path) -> None:
    folder.parent.chmod(0o700)
    server = EmbeddedPostgres(folder, "pw", wheel_programs(), ("fsync=off",))
    server.start()
    try:
        assert ask(server) == ONE
        assert psutil.Process(server.pid).uids().effective != 0
    finally:
        server.stop()


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    server = EmbeddedPostgres(folder, "pw", wheel_programs(), ("no_such_setting=1",))
    with pytest.raises(DatabaseDidNotStart, match="no_such_setting"):
        server.start()


def test_it_ends_cleanly_when_its_parent_is_killed(folder: Path) -> None:
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from nayu.project.postgres import EmbeddedPostgres, wheel_programs
        server = EmbeddedPostgres(Path({str(folder)!r}), "pw", wheel_programs())
        server.start()
        print(server.pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        server = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        deadline = time.monotonic() + 20
        while _lives(server) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not _lives(server)
    assert "database system is shut down" in (folder.parent / "db.log").read_text()


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
