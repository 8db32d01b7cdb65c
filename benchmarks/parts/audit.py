"""
Eight writers in one LAO, each with a few milliseconds of work in its transaction, with and without
audit: transactions a second, as JSON.

    python benchmarks/audit_writers.py [--seconds 5] [--work-ms 5] [--writers 8]

It starts its own embedded PostgreSQL, with every commit on disk as in real life.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nayu.kernel import audit
from nayu.kernel.audit import chain
from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from nayu.project import postgres, roles

LEAST_TX_PER_SECOND = 200


@dataclass(frozen=True, slots=True)
class Task:
    lao_id: int
    audited: bool
    seconds: float
    work_ms: float


def write(task: Task) -> float:
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
            time.sleep(task.work_ms / 1000)
        done += 1
    rate = done / (time.monotonic() - began)
    connections.close_all()
    return rate


def prepare(server: postgres.EmbeddedPostgres) -> int:
    """Roles, tables and one LAO; its id."""
    passwords = roles.Passwords(owner="owner-pw", app="app-pw", reader="reader-pw")
    admin = server.url(user=postgres.ADMIN, password=server.password, database="postgres")
    roles.prepare(admin, database="nayu", passwords=passwords)
    os.environ["DATABASE_URL"] = server.url(user=roles.APP, password=passwords.app)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    connections["owner"].settings_dict.update(USER=roles.OWNER, PASSWORD=passwords.owner)
    call_command("migrate", database="owner", verbosity=0)
    lao = apps.get_model("places", "Lao").objects.create(
        code="04800103", name_th="เทศบาลเมืองปากพูน", name_en="Pak Phun", host="pakphun.localhost"
    )
    connections.close_all()
    return int(lao.pk)


def measure(lao_id: int, arguments: argparse.Namespace) -> dict[str, object]:
    """Rounds take turns, so that what else this machine does strikes both alike."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    rates: dict[bool, list[float]] = {False: [], True: []}
    with multiprocessing.get_context("fork").Pool(arguments.writers) as pool:
        for _ in range(arguments.rounds):
            for audited, found in rates.items():
                task = Task(lao_id, audited, arguments.seconds, arguments.work_ms)
                found.append(sum(pool.map(write, [task] * arguments.writers, chunksize=1)))
    with scope(lao_id):
        result = chain.checked()
    return {
        "writers": arguments.writers,
        "work_ms": arguments.work_ms,
        # Above about 0.5 the machine had other things to do: look at the ratio, not at the rates.
        "load_per_cpu_at_start": round(busy, 2),
        "plain_tx_per_s": [round(rate) for rate in rates[False]],
        "audited_tx_per_s": [round(rate) for rate in rates[True]],
        "audited_to_plain": round(sum(rates[True]) / sum(rates[False]), 2),
        "chain_length": result.lengths[lao_id],
        "chain_whole": not result.broken,
        "limit_tx_per_s": LEAST_TX_PER_SECOND,
        "holds": median(rates[True]) >= LEAST_TX_PER_SECOND and not result.broken,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--work-ms", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nayu-bench-") as folder:
        Path(folder).chmod(0o711)
        server = postgres.EmbeddedPostgres(
            Path(folder) / "db", "admin-pw", postgres.wheel_programs()
        )
        server.start()
        try:
            result = measure(prepare(server), arguments)
        finally:
            connections.close_all()
            server.stop()
    print(json.dumps(result, indent=1))
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
