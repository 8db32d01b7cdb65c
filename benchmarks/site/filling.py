"""LAOs through the service that makes real ones; their rows in one statement as the owner."""

import json
import sys
import time
from argparse import Namespace

from django.db import connections
from django.utils import timezone

from nayu.kernel.permissions import System
from nayu.places.api import all_laos, create_lao
from nayu.project import preparing

_ROWS = """
    INSERT INTO room_shelf (id, lao_id, label)
    SELECT gen_random_uuid(), lao.id, 'ชั้นที่ ' || n
    FROM places_lao lao, generate_series(1, %s) n
    WHERE lao.id > %s
"""


def fill(arguments: Namespace) -> int:
    preparing.migrate()
    present = all_laos()
    spent = [_create(number) for number in range(len(present) + 1, arguments.laos + 1)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(_ROWS, [arguments.rows, max((lao.pk for lao in present), default=0)])
        # Now, and not by itself in the middle of a measurement.
        cursor.execute("VACUUM ANALYZE")
    json.dump({"create_ms": spent}, sys.stdout)
    return 0


def _create(number: int) -> float:
    """:returns: milliseconds."""
    began = time.perf_counter()
    create_lao(
        code=f"05{number:06}",
        name_th=f"เทศบาลตำบลที่ {number}",
        name_en=f"Tambon Municipality {number}",
        host=f"lao{number:05}.localhost",
        by=System("bench"),
        now=timezone.now(),
    )
    return round((time.perf_counter() - began) * 1000, 3)
