"""Worker processes that a test starts, kills and never leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nayu.kernel import events
from nayu.kernel.scope import scope
from nayu.project import roles
from tests.database import Server
from tests.room.models import Shelf

ROOT = Path(__file__).resolve().parents[2]
#: Hangs are failures; a machine under load is not.
PATIENCE = 60


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain: {what}"
        time.sleep(0.01)


@dataclass(slots=True)
class Workers:
    server: Server
    folder: Path
    options: tuple[str, ...]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.nayu_worker", *self.options],
                cwd=ROOT,
                env={
                    **os.environ,
                    "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                    "DJANGO_SETTINGS_MODULE": "tests.settings",
                    "DATABASE_URL": self.server.url(roles.APP),
                    "NAYU_DATA_DIR": str(self.folder),
                },
                stderr=log,
            )
        self.running.append(worker)
        return worker

    def stop(self, worker: subprocess.Popen[bytes], number: signal.Signals) -> int:
        """:returns: exit code, minus the signal's number when that ended it."""
        worker.send_signal(number)
        return worker.wait(PATIENCE)

    @property
    def log(self) -> str:
        return (self.folder / "worker.log").read_text()


@contextmanager
def workers(server: Server, folder: Path, *options: str) -> Iterator[Workers]:
    """Impatient ones, so that tests need not wait: seconds become tenths."""
    impatient = ("--heartbeat=0.4", "--stalled-after=2", "--polling=0.2")
    group = Workers(server, folder, (*impatient, *options))
    try:
        yield group
    finally:
        for worker in group.running:
            if worker.poll() is None:
                worker.kill()
            worker.wait(PATIENCE)


def announce(event: events.Event) -> None:
    with scope(event.lao_id), transaction.atomic():
        events.announce(event)


def labels(lao_id: int) -> list[str]:
    with scope(lao_id), transaction.atomic():
        return sorted(Shelf.objects.values_list("label", flat=True))


def statuses() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", flat=True))
