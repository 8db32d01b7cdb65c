"""A real Nayu in a temporary folder, with pages of the benchmark's beside its own."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.running import ROOT, Running, environment, free_port, get, until

SITE = {"DJANGO_SETTINGS_MODULE": "benchmarks.site.settings", "PYTHONPATH": str(ROOT)}
ROWS = 20


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder to be, gone afterwards."""
    parent = Path(tempfile.mkdtemp(prefix="nayu-bench-"))
    # The database of root runs as another user and has to reach its files.
    parent.chmod(0o711)
    try:
        yield parent / "data"
    finally:
        shutil.rmtree(parent, ignore_errors=True)


def fill(data: Path, *, laos: int, rows: int = ROWS) -> dict[str, Any]:
    """
    Tables, so many LAOs through the service, and rows in each.

    :returns: ``create_ms``, of each LAO that was made.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fill", f"--laos={laos}", f"--rows={rows}"],
        env=environment(data, **SITE),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


class Served:
    """A running ``nayu serve`` that answers."""

    def __init__(self, running: Running, port: int) -> None:
        self.running = running
        self.port = port

    @property
    def pid(self) -> int:
        return self.running.pid


@contextmanager
def serving(data: Path, **extra: str) -> Iterator[Served]:
    port = free_port()
    with Running("serve", data=data, **{"NAYU_PORT": str(port), **SITE, **extra}) as running:
        until(lambda: answers(port), "the first page is served")
        try:
            yield Served(running, port)
        finally:
            running.end(15)


def answers(port: int, host: str = "lao00001.localhost") -> bool:
    return get(port, host, **{"X-Forwarded-Proto": "https"}).status == 200
