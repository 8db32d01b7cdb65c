"""
Whether this installation may start: the database's role, secrets, clock, disk, folder.

``serve`` and ``demo`` ask before they start and refuse on an error.
"""

import argparse
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nayu.kernel import crypto
from nayu.project import roles
from nayu.project.backup import identity
from nayu.project.sentences import both

ERROR: Final = "error"
WARNING: Final = "warning"

_FAILED: Final = 1
_OLDEST_SERVER: Final = 15
_SHORTEST_SECRET: Final = 50
#: Fewer different characters or bytes than this were typed, not drawn.
_FEWEST_DIFFERENT: Final = 10
#: A clock before this Nayu was written is wrong; so is one that counts Buddhist years.
_WRITTEN: Final = datetime(2026, 11, 1, tzinfo=UTC)
_FAR_FUTURE: Final = datetime(2100, 1, 1, tzinfo=UTC)
_MOST_APART: Final = timedelta(seconds=2)
_FULL: Final = 0.85
_LEAST_FREE: Final = 200 * 2**20
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_DEMO: Final = re.compile(r"demo|example|change.?me|insecure", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    level: Literal["error", "warning"]
    #: For machines: ``role``, ``server``, ``secrets``, ``clock``, ``disk``, ``folder``.
    subject: str
    sentence: str | Promise


def problems() -> list[Problem]:
    """Everything that is wrong, errors first."""
    found = [problem for check in _CHECKS for problem in check()]
    return sorted(found, key=lambda problem: problem.level)


def _database() -> Iterator[Problem]:
    for alias in sorted({"default", "reader"} & set(settings.DATABASES)):
        connection = connections[alias]
        try:
            connection.ensure_connection()
        except OperationalError:
            # The driver's own words can carry the connection's secrets.
            yield Problem(
                ERROR,
                "server",
                format_lazy(_("The database cannot be reached ({alias})."), alias=alias),
            )
            continue
        yield from _role(connection, alias)
        yield from _server(connection)


_MEMBERSHIPS: Final = """
    SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
    FROM pg_roles WHERE pg_has_role(current_user, oid, 'member')
"""
_MAY: Final = """
    SELECT has_schema_privilege('public', 'CREATE'),
        has_database_privilege(current_database(), 'CREATE')
        OR has_database_privilege(current_database(), 'TEMPORARY'),
        EXISTS (SELECT FROM pg_class WHERE relowner = current_user::regrole)
"""


def _role(connection: BaseDatabaseWrapper, alias: str) -> Iterator[Problem]:
    """Row-level security binds the role, whatever its configuration says."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERSHIPS)
        memberships = cursor.fetchall()
        cursor.execute(_MAY)
        may_create = any(cursor.fetchone())
    for has_it, sentence in (
        (
            any(row[1] for row in memberships),
            _("The database role of Nayu ({alias}) is a superuser, or a member of one."),
        ),
        (
            any(row[2] for row in memberships),
            _("The database role of Nayu ({alias}) passes by row-level security."),
        ),
        (
            any(row[3] or row[4] for row in memberships),
            _("The database role of Nayu ({alias}) may make roles or databases."),
        ),
        (
            any(row[0] in {roles.OWNER, roles.LEDGER} for row in memberships),
            _("The database role of Nayu ({alias}) is a member of the owner or the ledger."),
        ),
        (
            may_create,
            _("The database role of Nayu ({alias}) owns tables or may create some."),
        ),
    ):
        if has_it:
            yield Problem(ERROR, "role", format_lazy(sentence, alias=alias))


def _server(connection: BaseDatabaseWrapper) -> Iterator[Problem]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        [version] = cursor.fetchone()
        if version < _OLDEST_SERVER:
            sentence = _("PostgreSQL {version} is too old; Nayu needs {oldest} or newer.")
            filled = format_lazy(sentence, version=version, oldest=_OLDEST_SERVER)
            yield Problem(ERROR, "server", filled)
        before = datetime.now(UTC)
        cursor.execute("SELECT clock_timestamp()")
        [theirs] = cursor.fetchone()
        after = datetime.now(UTC)
    if not before - _MOST_APART <= theirs <= after + _MOST_APART:
        yield Problem(
            ERROR,
            "clock",
            _("This machine's clock and the database's differ by more than 2 seconds."),
        )


def _secrets() -> Iterator[Problem]:
    secret = settings.SECRET_KEY
    if len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_DIFFERENT:
        yield Problem(
            ERROR,
            "secrets",
            _("NAYU_SECRET_KEY is too weak: 50 characters or more, drawn at random."),
        )
    try:
        keys = crypto.master_keys()
    except crypto.BadKeys as problem:
        sentence = _("NAYU_KEYS cannot be used: {problem}.")
        yield Problem(ERROR, "secrets", format_lazy(sentence, problem=str(problem)))
        return
    for name, key in keys.items():
        if len(set(key)) < _FEWEST_DIFFERENT:
            sentence = _("Master key {name} is too weak: 32 bytes drawn at random.")
            yield Problem(ERROR, "secrets", format_lazy(sentence, name=name))
    if not settings.DEMO and any(_DEMO.search(text) for text in (secret, *keys)):
        yield Problem(
            ERROR, "secrets", _("The secrets are those of a demonstration. Make new ones.")
        )


def _clock() -> Iterator[Problem]:
    now = datetime.now(UTC)
    if not _WRITTEN <= now < _FAR_FUTURE:
        sentence = _("This machine's clock is wrong: it says the year {year} CE.")
        yield Problem(ERROR, "clock", format_lazy(sentence, year=str(now.year)))


def _disk() -> Iterator[Problem]:
    folder = Path(settings.DATA_DIR)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    if usage.free < _LEAST_FREE:
        sentence = _("The disk of the data folder is full: {free} MB free, 200 needed.")
        yield Problem(ERROR, "disk", format_lazy(sentence, free=str(usage.free // 2**20)))
    elif 1 - usage.free / usage.total >= _FULL:
        sentence = _("The disk of the data folder is {percent} % full. Make room soon.")
        percent = str(round(100 * (1 - usage.free / usage.total)))
        yield Problem(WARNING, "disk", format_lazy(sentence, percent=percent))


def _folder() -> Iterator[Problem]:
    folder = Path(settings.DATA_DIR)
    if folder.exists() and folder.stat().st_mode & _OTHERS_WRITE:
        yield Problem(ERROR, "folder", _("Other users may write in the data folder."))
    for file in (folder / "secrets.json", identity.chosen(folder)):
        if file.exists() and file.stat().st_mode & _OTHERS:
            sentence = _("Other users may read {file}. Type: chmod 600 {file}")
            yield Problem(ERROR, "folder", format_lazy(sentence, file=str(file)))


_CHECKS: Final[tuple[Callable[[], Iterator[Problem]], ...]] = (
    _clock,
    _disk,
    _folder,
    _secrets,
    _database,
)


def say_problems() -> bool:
    """Say everything that is wrong. :returns: whether Nayu may start all the same."""
    found = problems()
    for problem in found:
        mark = "✗" if problem.level == ERROR else "!"
        sys.stderr.write(f"{mark} {both(problem.sentence)}\n")
    return not any(problem.level == ERROR for problem in found)


def report(arguments: argparse.Namespace) -> int:
    """:returns: the exit code."""
    del arguments
    if not say_problems():
        return _FAILED
    sys.stdout.write("พร้อมเริ่มทำงาน · Ready to start.\n")
    return 0
