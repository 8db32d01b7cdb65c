"""Restoring on an empty machine: everything is checked before anything is touched."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, LiteralString

import psycopg
from psycopg import sql

from nayu.kernel import crypto
from nayu.kernel.privacy.erased import FILE_NAME
from nayu.project import roles
from nayu.project.backup import archive, erased_lists, manifest
from nayu.project.backup.archive import DUMP, MEDIA
from nayu.project.backup.make import Installation
from nayu.project.backup.manifest import Manifest
from nayu.project.backup.refusals import (
    DatabaseInUse,
    DatabaseNotEmpty,
    MasterKeysMissing,
    MediaNotEmpty,
    NoSuchFile,
    NotAsBackedUp,
    RolesMissing,
    ServerTooOld,
)
from nayu.project.backup.workbench import needs_room, workbench

#: The archive in clear, its members, and the database made of them.
_TIMES_THE_FILE: Final = 4
_LONGEST_LIST: Final = 10

_ROLES: Final = "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)"
_SESSIONS: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY(%s)"
)
_RELATIONS: Final = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname <> ALL(%s)"
)
_SYSTEM: Final = ["pg_catalog", "pg_toast", "information_schema"]


@dataclass(frozen=True, slots=True)
class BroughtBack:
    manifest: Manifest
    #: Rows that had been erased since, and were erased again.
    erased_again: int
    #: False: no list of erased ids lay beside the file.
    had_erased_list: bool


def bring_back(
    file: Path,
    *,
    into: Installation,
    identity: str,
    known_migrations: set[str],
    lose_sealed: bool = False,
) -> BroughtBack:
    """
    :param identity: the age identity's secret line.
    :param known_migrations: ``app.name`` of every migration of this Nayu.
    :param lose_sealed: go on without the master keys; sealed fields stay unreadable.
    :raises BackupRefused: one of :mod:`nayu.project.backup.refusals`.
    """
    if not file.is_file():
        raise NoSuchFile(str(file))
    with workbench(into.data_dir) as bench, psycopg.connect(into.owner_url) as connection:
        connection.autocommit = True
        _must_be_empty(connection, into)
        needs_room(bench, file.stat().st_size * _TIMES_THE_FILE)
        ids = erased_lists.read([file.parent, into.data_dir])
        found = _checked(file, bench, identity)
        found.must_not_be_newer(known_migrations)
        _must_fit(found, connection, lose_sealed=lose_sealed)
        with _closed_to_nayu(connection):
            into.programs.restore(into.owner_url, bench / "members" / DUMP)
            _must_be_as_backed_up(connection, found)
            _move_media(bench / "members" / MEDIA, into.media)
            again = erased_lists.replay(connection, ids)
        erased_lists.complete([into.data_dir], ids | erased_lists.in_table(connection))
    return BroughtBack(found, again, (file.parent / FILE_NAME).exists())


def _checked(file: Path, bench: Path, identity: str) -> Manifest:
    archive.unseal(file, bench / "archive.tar", identity)
    found = archive.unpack(bench / "archive.tar", bench / "members")
    (bench / "archive.tar").unlink()
    return found


def _must_be_empty(connection: psycopg.Connection, into: Installation) -> None:
    into.programs.must_suit(connection)
    ours = [roles.OWNER, roles.APP, roles.READER, roles.LEDGER]
    if _count(connection, _ROLES, ours) < len(ours):
        raise RolesMissing
    if _count(connection, _RELATIONS, _SYSTEM):
        raise DatabaseNotEmpty
    if into.media.exists() and any(into.media.iterdir()):
        raise MediaNotEmpty


def _count(connection: psycopg.Connection, question: LiteralString, names: list[str]) -> int:
    row = connection.execute(question, [names]).fetchone()
    assert row is not None, "count() gives one row"
    return int(row[0])


def _must_fit(found: Manifest, connection: psycopg.Connection, *, lose_sealed: bool) -> None:
    theirs, ours = found.postgres // 10_000, connection.info.server_version // 10_000
    if theirs > ours:
        raise ServerTooOld(f"{theirs} > {ours}")
    held = {name: crypto.fingerprint(key) for name, key in crypto.master_keys().items()}
    missing = [name for name, mark in found.master_keys.items() if held.get(name) != mark]
    if missing and not lose_sealed:
        raise MasterKeysMissing(", ".join(missing))


@contextmanager
def _closed_to_nayu(connection: psycopg.Connection) -> Iterator[None]:
    """
    Nobody but the owner may connect until the block has done its work.

    When it fails with rows already there, the door stays shut: half a restore must not be used.
    """
    change = "{} CONNECT ON DATABASE {} {} nayu_app, nayu_reader"
    name = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL(change).format(sql.SQL("REVOKE"), name, sql.SQL("FROM")))
    done = False
    try:
        if _count(connection, _SESSIONS, [roles.APP, roles.READER]):
            raise DatabaseInUse
        yield
        done = True
    finally:
        if done or not _count(connection, _RELATIONS, _SYSTEM):
            connection.execute(sql.SQL(change).format(sql.SQL("GRANT"), name, sql.SQL("TO")))


def _must_be_as_backed_up(connection: psycopg.Connection, found: Manifest) -> None:
    with connection.transaction():
        now = manifest.measure(connection)
    if different := manifest.differences(found.tables, now):
        raise NotAsBackedUp(", ".join(different[:_LONGEST_LIST]))


def _move_media(restored: Path, to: Path) -> None:
    if not restored.exists():
        return
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if to.exists():
        to.rmdir()
    shutil.move(restored, to)
