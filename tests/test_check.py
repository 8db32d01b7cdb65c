"""Nayu does not start where it would not be safe."""

import argparse
import base64
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple, Self

import psycopg
import pytest
from django.db import connections
from django.utils import translation
from pytest_django.fixtures import Settings

from nayu.project import check
from nayu.project.commands import check as command
from tests.database import DATABASE, Server

pytestmark = pytest.mark.django_db(databases=["default", "reader", "owner"])

GB = 2**30


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def healthy(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with room, and a data folder of its own."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 * GB, 10 * GB, 90 * GB))
    monkeypatch.delenv("NAYU_BACKUP_IDENTITY", raising=False)
    settings.DATA_DIR = tmp_path
    return tmp_path


def found() -> list[tuple[str, str]]:
    return [(problem.level, problem.subject) for problem in check.problems()]


def test_a_sound_installation_has_no_problems() -> None:
    assert found() == []


# The role


@pytest.fixture
def admin(server: Server) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.admin_url, dbname=DATABASE, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("give", "take", "says"),
    [
        ("ALTER ROLE {} SUPERUSER", "ALTER ROLE {} NOSUPERUSER", "is a superuser"),
        ("ALTER ROLE {} BYPASSRLS", "ALTER ROLE {} NOBYPASSRLS", "row-level security"),
        ("ALTER ROLE {} CREATEROLE", "ALTER ROLE {} NOCREATEROLE", "may make roles"),
        (
            # The owner is a member of the app, and PostgreSQL refuses circles.
            "REVOKE nayu_app FROM nayu_owner; GRANT nayu_owner TO {}",
            "REVOKE nayu_owner FROM {}; GRANT nayu_app TO nayu_owner",
            "member of the owner",
        ),
        ("GRANT nayu_ledger TO {}", "REVOKE nayu_ledger FROM {}", "or the ledger"),
        ("GRANT nayu_admin TO {}", "REVOKE nayu_admin FROM {}", "is a superuser"),
        ("GRANT CREATE ON SCHEMA public TO {}", "REVOKE CREATE ON SCHEMA public FROM {}", "create"),
        (
            "GRANT TEMP ON DATABASE nayu_test TO {}",
            "REVOKE TEMP ON DATABASE nayu_test FROM {}",
            "create",
        ),
    ],
)
@pytest.mark.parametrize("role", ["nayu_app", "nayu_reader"])
def test_a_role_that_is_too_strong_is_refused(
    admin: psycopg.Connection, role: str, give: str, take: str, says: str
) -> None:
    admin.execute(give.format(role).encode())
    try:
        problems = check.problems()
    finally:
        admin.execute(take.format(role).encode())
    assert {(one.level, one.subject) for one in problems} == {(check.ERROR, "role")}
    assert any(says in str(one.sentence) for one in problems)
    assert found() == []


def test_the_owner_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = connections.create_connection("owner")
    monkeypatch.setattr(check, "connections", {"default": owner, "reader": owner})
    try:
        sentences = " ".join(str(one.sentence) for one in check.problems())
    finally:
        owner.close()
    for says in ("row-level security", "member of the owner", "owns tables"):
        assert says in sentences


def test_a_database_that_is_away_is_a_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    away = connections.create_connection("default")
    away.settings_dict = {**away.settings_dict, "HOST": "/nowhere", "PASSWORD": "hunter2"}
    monkeypatch.setattr(check, "connections", {"default": away, "reader": away})
    problems = check.problems()
    assert {one.subject for one in problems} == {"server"}
    assert not any("hunter2" in str(one.sentence) for one in problems)


def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_OLDEST_SERVER", 99)
    assert set(found()) == {(check.ERROR, "server")}


# Secrets


@pytest.mark.parametrize("secret", ["x" * 60, "0123456789abcdef" * 3])
def test_a_weak_secret_key_is_refused(settings: Settings, secret: str) -> None:
    settings.SECRET_KEY = secret
    assert found() == [(check.ERROR, "secrets")]


@pytest.mark.parametrize(
    "keys", [[], ["k1"], ["k1:c2hvcnQ="], ["k1:" + base64.b64encode(b"x" * 32).decode()]]
)
def test_missing_or_weak_master_keys_are_refused(settings: Settings, keys: list[str]) -> None:
    settings.NAYU_KEYS = keys
    assert found() == [(check.ERROR, "secrets")]


def test_the_demos_secrets_serve_only_the_demo(settings: Settings) -> None:
    settings.SECRET_KEY = "demo-0123456789-" * 4
    assert found() == []
    settings.DEMO = False
    assert found() == [(check.ERROR, "secrets")]


# Clock, disk, folder


class Clock(datetime):
    """A machine that believes something else."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        there = datetime.now(tz) + cls.ahead
        return cls.combine(there.date(), there.timetz())


@pytest.mark.parametrize(
    ("ahead", "subjects"),
    [
        (timedelta(seconds=1), []),
        (timedelta(seconds=-30), ["clock"]),
        (timedelta(hours=1), ["clock"]),
        (timedelta(days=365 * 543), ["clock"] * 3),
        (timedelta(days=-365 * 20), ["clock"] * 3),
    ],
)
def test_a_wrong_clock_is_refused(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta, subjects: list[str]
) -> None:
    monkeypatch.setattr(Clock, "ahead", ahead)
    monkeypatch.setattr(check, "datetime", Clock)
    wanted = subjects * 2 if len(subjects) == 1 else subjects  # both roles' connections say so
    assert [subject for _, subject in found()] == wanted


@pytest.mark.parametrize(
    ("usage", "problems"),
    [
        (Usage(100 * GB, 84 * GB, 16 * GB), []),
        (Usage(100 * GB, 86 * GB, 14 * GB), [(check.WARNING, "disk")]),
        (Usage(100 * GB, 100 * GB, 199 * 2**20), [(check.ERROR, "disk")]),
    ],
)
def test_a_full_disk_warns_first_and_then_refuses(
    monkeypatch: pytest.MonkeyPatch, usage: Usage, problems: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert found() == problems


def test_a_folder_that_is_not_there_yet_is_no_problem(settings: Settings, healthy: Path) -> None:
    settings.DATA_DIR = healthy / "not" / "yet"
    assert found() == []


@pytest.mark.parametrize("name", ["secrets.json", "backup-identity.txt"])
def test_secrets_that_others_may_read_are_refused(healthy: Path, name: str) -> None:
    (healthy / name).write_text("x")
    (healthy / name).chmod(0o640)
    assert found() == [(check.ERROR, "folder")]
    (healthy / name).chmod(0o600)
    assert found() == []


def test_a_data_folder_that_others_may_write_is_refused(healthy: Path) -> None:
    healthy.chmod(0o777)
    assert found() == [(check.ERROR, "folder")]


# The command


def test_the_command_says_what_is_wrong_and_fails(
    healthy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = argparse.Namespace()
    assert command.run(nothing) == 0
    assert "Ready to start" in capsys.readouterr().out
    healthy.chmod(0o777)
    assert command.run(nothing) == 1
    assert "Other users may write" in capsys.readouterr().err


def test_a_warning_does_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 * GB, 90 * GB, 10 * GB))
    assert command.run(argparse.Namespace()) == 0
    assert "90 percent full" in capsys.readouterr().err
