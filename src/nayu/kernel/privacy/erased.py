"""
Ids of erased rows: ids only, nothing about anybody.

They are kept in a table, in the same transaction as the erasure, and again in a file, because a
restore replaces the table. The file lies in the data folder and beside the backups; the newest
list of all is replayed after a restore.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from nayu.kernel.privacy.models import Erased

FILE_NAME: Final = "erased-ids.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class ErasedId:
    lao_id: int
    table: str
    row_id: str
    #: ISO 8601, in UTC.
    at: str

    @classmethod
    def of(cls, lao_id: int, table: str, row_id: UUID, at: datetime) -> "ErasedId":
        return cls(lao_id, table, str(row_id), at.astimezone(UTC).isoformat())

    def line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def remember_erased(*, lao_id: int, table: str, row_id: UUID, at: datetime) -> None:
    """
    Call in the scope and the transaction that erases the row.

    The file follows when the transaction commits; a crash in between is mended by the next backup.
    """
    Erased.objects.bulk_create(
        [Erased(lao_id=lao_id, table_name=table, row_id=row_id, erased_at=at)],
        ignore_conflicts=True,
    )
    one = ErasedId.of(lao_id, table, row_id, at)
    transaction.on_commit(partial(append, settings.DATA_DIR / FILE_NAME, [one]))


def append(path: Path, ids: Iterable[ErasedId]) -> None:
    """Add lines, on disk before this returns; other processes wait for their turn."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # A line cut short by a power failure must not swallow the next one.
        end = file.seek(0, os.SEEK_END)
        torn = end and os.pread(descriptor, 1, end - 1) != b"\n"
        lines = "".join(f"{one.line()}\n" for one in ids)
        file.write(("\n" if torn else "").encode() + lines.encode())
        file.flush()
        os.fsync(descriptor)


def erased_ids(path: Path) -> set[ErasedId]:
    """
    What the file remembers; nothing when there is no file.

    :raises ValueError: it holds lines that are none of ours.
    """
    if not path.exists():
        return set()
    lines = path.read_text("utf-8").splitlines()
    # A torn line has no end; its row is in the table.
    try:
        return {_read(line) for line in lines if line.endswith("}")}
    except (TypeError, AttributeError, ValueError) as stranger:
        raise ValueError(f"{path.name} holds a line that is not an erased id") from stranger


def _read(line: str) -> ErasedId:
    one = ErasedId(**json.loads(line))
    UUID(one.row_id)
    datetime.fromisoformat(one.at)
    return one
