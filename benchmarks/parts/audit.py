"""Eight writers in one LAO, each with a few milliseconds of work in its transaction."""

import multiprocessing
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from django.apps import apps
from django.db import connections, transaction
from django.utils.module_loading import import_string

from benchmarks import house
from benchmarks.options import Options, Result
from nayu.kernel import audit
from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from nayu.project.installation import Installation, become

LEAST_TX_PER_S = 200
_WRITERS = 8
_WORK_MS = 5


@dataclass(frozen=True, slots=True)
class _Task:
    lao_id: int
    audited: bool
    seconds: float


def measure(options: Options) -> Result:
    """Every commit is on disk, as in real life."""
    with house.folder() as data:
        house.fill(data, laos=1)
        installation = Installation(data)
        installation.server.start()
        try:
            os.environ.update(house.SITE, NAYU_DATA_DIR=str(data))
            become("app", installation)
            return _measure(options)
        finally:
            connections.close_all()
            installation.server.stop()


def _measure(options: Options) -> Result:
    lao_id = apps.get_model("places", "Lao").objects.get().pk
    connections.close_all()
    rates: dict[bool, list[float]] = {False: [], True: []}
    with multiprocessing.get_context("fork").Pool(_WRITERS) as pool:
        for _ in range(options.rounds):
            for audited, found in rates.items():
                task = _Task(lao_id, audited, options.seconds)
                found.append(sum(pool.map(_write, [task] * _WRITERS, chunksize=1)))
    # By name, because what leans on models can be imported only now.
    checked = import_string("nayu.kernel.audit.chain.checked")
    with scope(lao_id), transaction.atomic():
        result = checked()
    middle = median(rates[True])
    return {
        "writers": _WRITERS,
        "work_ms": _WORK_MS,
        "plain_tx_per_s": [round(rate) for rate in rates[False]],
        "audited_tx_per_s": [round(rate) for rate in rates[True]],
        "audited_median_tx_per_s": round(middle),
        "audited_to_plain": round(sum(rates[True]) / sum(rates[False]), 2),
        "chain_length": result.lengths[lao_id],
        "chain_whole": not result.broken,
        "limits": {"audited_median_tx_per_s": LEAST_TX_PER_S, "chain_whole": True},
        "holds": middle >= LEAST_TX_PER_S and not result.broken,
    }


def _write(task: _Task) -> float:
    """One writer's transactions a second."""
    shelf_table = apps.get_model("room", "Shelf")
    connections["default"].ensure_connection()
    began = time.monotonic()
    done = 0
    while time.monotonic() - began < task.seconds:
        with scope(task.lao_id), transaction.atomic():
            shelf = shelf_table.objects.create(label="x")
            if task.audited:
                audit.record("shelf.made", by=System("writer"), now=datetime.now(UTC), on=shelf)
            time.sleep(_WORK_MS / 1000)
        done += 1
    rate = done / (time.monotonic() - began)
    connections.close_all()
    return rate
