"""The SQL of the scoped row, without Django and without a web server."""

import time

import psutil
import psycopg

from benchmarks.family import cpu_seconds
from benchmarks.measuring import Figures

_ROW = """
    SELECT id, lao_id, label, above_id FROM room_shelf
    WHERE lao_id = %s ORDER BY id LIMIT 1
"""


def asked(url: str, database_pid: int, seconds: float) -> Figures:
    """
    Scope, query and commit on one connection, one after the other.

    CPU is that of this process and of the whole database.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        (lao,) = connection.execute("SELECT min(id) FROM places_lao").fetchone() or (0,)
        before, began = _spent(database_pid), time.perf_counter()
        count = 0
        while time.perf_counter() - began < seconds:
            with connection.transaction():
                connection.execute("SELECT set_config('nayu.lao', %s, true)", [str(lao)])
                connection.execute(_ROW, [lao]).fetchone()
            count += 1
        lasted = time.perf_counter() - began
        spent = _spent(database_pid) - before
    return {"requests_per_s": count / lasted, "cpu_ms": 1000 * spent / count}


def _spent(database_pid: int) -> float:
    own = psutil.Process().cpu_times()
    return own.user + own.system + cpu_seconds(database_pid)
