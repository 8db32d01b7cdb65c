"""Making a backup while everybody goes on working."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psycopg

from nayu.kernel import crypto
from nayu.project.backup import archive, erased_lists, manifest
from nayu.project.backup.archive import DUMP, MEDIA
from nayu.project.backup.manifest import Manifest
from nayu.project.backup.programs import Programs
from nayu.project.backup.refusals import MediaUnreadable
from nayu.project.backup.workbench import needs_room, workbench


@dataclass(frozen=True, slots=True)
class Installation:
    """What is backed up, or restored into."""

    owner_url: str
    data_dir: Path
    media: Path
    programs: Programs


@dataclass(frozen=True, slots=True)
class Made:
    file: Path
    manifest: Manifest


def make(of: Installation, *, to: Path, recipient: str, now: datetime) -> Made:
    """
    One file in the folder ``to``, complete or not there at all; the erased ids beside it.

    :param recipient: public age key.
    :raises BackupRefused: one of :mod:`nayu.project.backup.refusals`.
    """
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    with workbench(of.data_dir) as bench:
        with _snapshot(of) as (connection, snapshot):
            # The media after the snapshot: a file more than the rows know of does no harm.
            media = _hold_media(of.media, bench)
            found = _describe(connection, now)
            ids = erased_lists.in_table(connection)
            needs_room(bench, _size_of_database(connection))
            of.programs.dump(of.owner_url, snapshot=snapshot, to=bench / DUMP)
        members = {DUMP: bench / DUMP, **media}
        digests = {name: archive.digest(path) for name, path in members.items()}
        complete = replace(found, files=digests)
        needs_room(to, sum(size for size, _ in digests.values()))
        file = to / f"nayu-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.age"
        with _appears_whole(file) as out:
            archive.pack(complete, members, out, recipient)
        erased_lists.complete([to, of.data_dir], ids)
    return Made(file, complete)


@contextmanager
def _snapshot(of: Installation) -> Iterator[tuple[psycopg.Connection, str]]:
    """A moment that pg_dump and our own questions both see."""
    with psycopg.connect(of.owner_url) as connection:
        of.programs.must_suit(connection)
        connection.rollback()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None, "a function call gives one row"
        yield connection, str(row[0])


def _describe(connection: psycopg.Connection, now: datetime) -> Manifest:
    return Manifest(
        format=manifest.FORMAT,
        nayu=version("nayu"),
        made_at=now.isoformat(),
        postgres=connection.info.server_version,
        migrations=manifest.applied_migrations(connection),
        master_keys={name: crypto.fingerprint(key) for name, key in crypto.master_keys().items()},
        tables=manifest.measure(connection),
        audit_heads=manifest.audit_heads(connection),
    )


def _size_of_database(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None, "a function call gives one row"
    return int(row[0])


def _hold_media(media: Path, bench: Path) -> archive.Members:
    """Every media file as it is now, under a second name: deleted in the meantime, it stays."""
    held: archive.Members = {}
    for path in sorted(media.rglob("*")):
        target = bench / MEDIA / path.relative_to(media)
        try:
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                target.mkdir(mode=0o700, parents=True)
                continue
            if not stat.S_ISREG(mode):
                raise MediaUnreadable(path.name)
            _link_or_copy(path, target)
        except FileNotFoundError:
            # Deleted since the folder was listed.
            continue
        held[MEDIA + path.relative_to(media).as_posix()] = target
    return held


def _link_or_copy(path: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        target.hardlink_to(path)
    except OSError:
        # Another disk, or one that knows no second names.
        shutil.copyfile(path, target)


@contextmanager
def _appears_whole(file: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when all of it is on disk."""
    if file.exists():
        raise FileExistsError(file)
    partial = file.with_name(f".{file.name}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(descriptor)
        partial.rename(file)
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        partial.unlink(missing_ok=True)
