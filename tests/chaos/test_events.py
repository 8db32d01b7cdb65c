"""Every event has its effect exactly once, whatever happens to the workers."""

import random
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction

from nayu.kernel import events
from nayu.kernel.scope import scope
from tests.chaos.workers import Workers, labels, until, workers
from tests.database import Laos, Server
from tests.room.events import ShelfWanted

SEED = 20260801


def finished(count: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'")
        return bool(cursor.fetchone()[0] >= count)


def rescued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(attempts - 1), 0) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


@pytest.fixture
def group(server: Server, tmp_path: Path) -> Iterator[Workers]:
    with workers(server, tmp_path) as group:
        yield group


@pytest.mark.parametrize(
    ("count", "kills"),
    [
        pytest.param(150, 3, marks=pytest.mark.slow),
        pytest.param(2000, 20, marks=pytest.mark.chaos),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_effects_happen_exactly_once_under_kill_9(
    laos: Laos,
    group: Workers,
    capsys: pytest.CaptureFixture[str],
    count: int,
    kills: int,
) -> None:
    ids = [laos.pak_phun, laos.wiang_phrao, laos.lom_raet]
    with transaction.atomic():
        for number in range(count):
            with scope(ids[number % 3]):
                events.announce(ShelfWanted(ids[number % 3], f"{number:05}"))

    dice = random.Random(SEED)
    moments = sorted(dice.sample(range(1, count - 10), kills))
    for moment in moments:
        worker = group.start()
        until(partial(finished, moment), f"{moment} jobs")
        assert group.stop(worker, signal.SIGKILL) == -signal.SIGKILL
    group.start()
    until(partial(finished, count), "all jobs")

    with capsys.disabled():
        sys.stdout.write(
            f"\nseed {SEED}: {count} events, {kills} kills at {moments}, {rescued()} jobs rescued\n"
        )
    assert rescued() > 0, "the kills hit no running job, so nothing was proven"
    for place, lao_id in enumerate(ids):
        assert labels(lao_id) == [f"{number:05}" for number in range(place, count, 3)]
