"""A write that is sent until it is answered happens once, whatever is killed meanwhile."""

import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

import psutil
import psycopg
import pytest

from nayu.kernel.http.idempotency import REPLAYED
from nayu.project.env import OWNER_DATABASE_URL
from nayu.project.installation import Installation
from tests.running import PATIENCE, ROOT, Demo, Running, start_demo, until

SEED = 20260801
CLIENTS = 8
HOSTS = ("pakphun.localhost", "wiangphrao.localhost", "lomraet.localhost")
#: What a guest is known by; any 32 letters and digits.
VISITOR = "v" * 32


@dataclass(slots=True)
class Senders:
    """Clients that send each form, with a key of its own, until they get a proper answer."""

    port: int
    #: Label → the place that the answer named.
    acknowledged: dict[str, str] = field(default_factory=dict)
    #: Tries that ended without an answer, or with one that promises nothing (5xx).
    unknown: int = 0
    #: Answers to a write that had been kept, whose first answer was lost.
    replayed: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def send(self, number: int) -> None:
        label, host = f"{number:05}", HOSTS[number % len(HOSTS)]
        deadline = time.monotonic() + 2 * PATIENCE
        while not self.over.is_set():
            assert time.monotonic() < deadline, f"{label} was never answered"
            answer = self._try(label, host)
            with self._counting:
                if answer is not None:
                    assert answer.status == 302, f"{label}: {answer.status}"
                    self.acknowledged[label] = answer.headers["Location"]
                    self.replayed += REPLAYED in answer.headers
                    return
                self.unknown += 1
            self.over.wait(0.05)

    def have_heard(self, count: int) -> bool:
        return len(self.acknowledged) >= count

    def _try(self, label: str, host: str) -> HTTPResponse | None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Host": f"{host}:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={VISITOR}",
            "X-CSRFToken": VISITOR,
            "Idempotency-Key": f"{label}-of-this-very-form",
        }
        try:
            connection.request("POST", "/send/", f"label={label}", headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        return answer if answer.status < 500 else None


@contextmanager
def sending(port: int, count: int) -> Iterator[Senders]:
    """All are answered when this is left."""
    senders = Senders(port)
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = pool.map(senders.send, range(count))
        try:
            yield senders
            list(answers)
        finally:
            senders.over.set()


def kill(running: Running, kind: str, dice: random.Random) -> None:
    """A web process, the web server with all of them, or PostgreSQL's first process."""

    def killed() -> bool:
        try:
            if kind == "database":
                victims = [running.child("postgres")]
            else:
                web = running.web_server()
                victims = web.children() if kind == "process" else [web]
            dice.choice(victims).kill()
        except (psutil.NoSuchProcess, StopIteration, IndexError):
            # The one before it has not been replaced yet.
            return False
        return True

    until(killed, f"a {kind} to kill")


def rows(data: Path) -> dict[str, list[str]]:
    """Label → where its rows are, over all LAOs, as the owner sees them."""
    url = Installation(data).environment("owner")[OWNER_DATABASE_URL.name]
    with psycopg.connect(url) as owner:
        found = owner.execute(
            "SELECT label, array_agg('/shelves/' || id || '/') FROM room_shelf GROUP BY label"
        ).fetchall()
    return dict(found)


@pytest.fixture
def demo_with_room(data: Path) -> Iterator[Demo]:
    demo = start_demo(data, DJANGO_SETTINGS_MODULE="tests.chaos.settings", PYTHONPATH=str(ROOT))
    with demo.running:
        yield demo
        assert demo.running.end(15) == 0


@pytest.mark.parametrize(
    ("count", "rounds", "lost"),
    [
        pytest.param(150, {"process": 1, "web": 1, "database": 1}, 0, marks=pytest.mark.slow),
        pytest.param(2000, {"process": 8, "web": 6, "database": 6}, 5, marks=pytest.mark.chaos),
    ],
    ids=["fast", "long"],
)
def test_every_post_that_was_sent_until_answered_made_exactly_one_row(
    demo_with_room: Demo,
    capsys: pytest.CaptureFixture[str],
    count: int,
    rounds: dict[str, int],
    lost: int,
) -> None:
    """:param lost: so many kills at least must fall between a commit and its answer."""
    dice = random.Random(SEED)
    kinds = [kind for kind, times in rounds.items() for _ in range(times)]
    dice.shuffle(kinds)
    moments = sorted(dice.sample(range(1, count - 10), len(kinds)))

    with sending(demo_with_room.port, count) as senders:
        for moment, kind in zip(moments, kinds, strict=True):
            until(partial(senders.have_heard, moment), f"{moment} answers")
            kill(demo_with_room.running, kind, dice)

    with capsys.disabled():
        sys.stdout.write(
            f"\nseed {SEED}: {count} posts, {len(kinds)} kills"
            f" ({', '.join(f'{times} {kind}' for kind, times in rounds.items())}),"
            f" {senders.unknown} tries without an answer, {senders.replayed} answered again\n"
        )
    assert senders.unknown > 0, "the kills hit no request, so nothing was proven"
    assert senders.replayed >= lost, "too few hit the moment in which a second row is made"
    assert len(senders.acknowledged) == count
    made = {label: [place] for label, place in senders.acknowledged.items()}
    assert rows(demo_with_room.running.data) == made
