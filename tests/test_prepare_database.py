"""A server of one's own, from nothing to a started Nayu, by the commands that the manual names."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from nayu.project.postgres import ADMIN, EmbeddedPostgres

pytestmark = pytest.mark.slow


def nayu(*words: str, data: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NAYU_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "nayu.project.cli", *words],
        env={**kept, "NAYU_DATA_DIR": str(data), **given},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def admin_url(second_server: EmbeddedPostgres) -> str:
    """A server that knows nothing of the database below."""
    return second_server.url(user=ADMIN, password=second_server.password, database="postgres")


def test_the_printed_settings_take_a_bare_server_to_a_safe_start(
    admin_url: str, tmp_path: Path
) -> None:
    done = nayu("prepare-database", "--admin-url", admin_url, "--name", "town", data=tmp_path)
    assert done.returncode == 0, done.stderr
    given = dict(word.split("=", 1) for word in shlex.split(done.stdout))
    assert set(given) == {
        "DATABASE_URL",
        "NAYU_OWNER_DATABASE_URL",
        "NAYU_READER_DATABASE_URL",
        "NAYU_SECRET_KEY",
        "NAYU_KEYS",
    }
    migrated = nayu("migrate", data=tmp_path, **given)
    assert migrated.returncode == 0, migrated.stderr
    checked = nayu("check", data=tmp_path, **given)
    assert (checked.returncode, "Ready to start" in checked.stdout) == (0, True), checked.stderr


def test_a_superuser_in_place_of_the_app_is_refused(admin_url: str, tmp_path: Path) -> None:
    done = nayu("prepare-database", "--admin-url", admin_url, "--name", "village", data=tmp_path)
    given = dict(word.split("=", 1) for word in shlex.split(done.stdout))
    assert nayu("migrate", data=tmp_path, **given).returncode == 0
    given["DATABASE_URL"] = f"{admin_url} dbname=village"
    checked = nayu("check", data=tmp_path, **given)
    assert (checked.returncode, "superuser" in checked.stderr) == (1, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [("user=nobody password=x", "cannot be reached"), ("host=/nowhere", "cannot be reached")],
)
def test_a_server_that_cannot_be_reached_is_a_sentence_without_secrets(
    admin_url: str, tmp_path: Path, change: str, says: str
) -> None:
    done = nayu("prepare-database", "--admin-url", f"{admin_url} {change}", data=tmp_path)
    assert (done.returncode, says in done.stderr) == (2, True)
    assert "password" not in done.stderr


def test_whoever_is_no_superuser_is_told_so(admin_url: str, tmp_path: Path) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP ROLE IF EXISTS plain"))
        admin.execute(sql.SQL("CREATE ROLE plain LOGIN PASSWORD 'plain'"))
    url = f"{admin_url} user=plain password=plain"
    done = nayu("prepare-database", "--admin-url", url, data=tmp_path)
    assert (done.returncode, "must be a superuser" in done.stderr) == (2, True)
