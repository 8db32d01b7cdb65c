"""The real program, started as a child of the test, as an operator would."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Self

import psutil
import pytest

ROOT = Path(__file__).parent.parent
_DIST = ROOT / "src/nayu/kernel/static/dist/nayu.css"
_NAYU = (sys.executable, "-m", "nayu.project.cli")
#: Generous, because it only bounds a failure.
PATIENCE = 60


def environment(data: Path, **extra: str) -> dict[str, str]:
    """The environment without what the test settings put into it."""
    ours = ("NAYU_", "DATABASE_URL", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if "NAYU_POSTGRES_BIN" in os.environ:
        clean["NAYU_POSTGRES_BIN"] = os.environ["NAYU_POSTGRES_BIN"]
    return {**clean, "NAYU_DATA_DIR": str(data), "NAYU_PORT": str(free_port()), **extra}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nayu(*words: str, data: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """A command that comes to an end."""
    return subprocess.run(
        [*_NAYU, *words],
        env=environment(data, **extra),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


def get(port: int, host: str, path: str = "/", **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}", **headers})
        response = connection.getresponse()
        return Answer(response.status, response.read().decode())
    finally:
        connection.close()


def until(holds: Callable[[], bool], what: str) -> None:
    """Ask until it is so; a refused or broken connection counts as not yet."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.02)
    pytest.fail(f"never happened: {what}")


class Running:
    """A command that goes on until it is told to stop."""

    def __init__(self, *words: str, data: Path, **extra: str) -> None:
        self.data = data
        self.errors = data.with_name(f"{data.name}.errors")
        with self.errors.open("w") as errors:
            self._process = subprocess.Popen(
                [*_NAYU, *words],
                env=environment(data, **extra),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def line(self) -> str:
        """The next line of its standard output; the test fails when it ended instead."""
        assert self._process.stdout is not None, "opened as a pipe"
        line = self._process.stdout.readline()
        assert line, self.said
        return line

    @property
    def said(self) -> str:
        return self.errors.read_text()

    def family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.pid)
        return [parent, *parent.children(recursive=True)]

    def child(self, word: str) -> psutil.Process:
        """A child of its own whose command line holds the word."""
        children = psutil.Process(self.pid).children()
        return next(child for child in children if word in " ".join(child.cmdline()))

    def web_server(self) -> psutil.Process:
        """The one child of its own that has Python children itself."""
        return next(
            child
            for child in psutil.Process(self.pid).children()
            if child.children() and "postgres" not in " ".join(child.cmdline())
        )

    def end(self, signal: int) -> int:
        """:returns: the exit code, once it has ended."""
        self._process.send_signal(signal)
        return self._process.wait(PATIENCE)

    def rest(self) -> str:
        assert self._process.stdout is not None, "opened as a pipe"
        return self._process.stdout.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def survivors(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a while; what only waits to be reaped does not."""
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE / 4)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demonstration: what it printed, and its process."""

    found: dict[str, Any]
    running: Running

    @property
    def port(self) -> int:
        return int(self.found["portal"]["port"])


def start_demo(data: Path, **extra: str) -> Demo:
    assert _DIST.exists(), "the front end is not built: `make test` does it"
    running = Running("demo", "--json", data=data, **extra)
    return Demo(json.loads(running.line()), running)


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """One demonstration for all who only look at it."""
    folder = Path(tempfile.mkdtemp(prefix="nayu-demo-"))
    demo = start_demo(folder / "data")
    with demo.running:
        yield demo
        demo.running.end(15)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def _migrated() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nayu-migrated-"))
    with start_demo(folder / "data").running as running:
        running.end(15)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def data(_migrated: Path, tmp_path: Path) -> Path:
    """The data folder of an installation with three LAOs, stopped, for this test alone."""
    # Owners and modes matter: the database's files are not root's.
    subprocess.run(["/bin/cp", "-a", str(_migrated), str(tmp_path / "data")], check=True)
    return tmp_path / "data"
