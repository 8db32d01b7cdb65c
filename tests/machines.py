"""Machines to back up and to restore onto."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from nayu.kernel import crypto
from nayu.kernel.tenancy import new_id
from nayu.project import env, postgres, roles
from nayu.project.backup import manifest
from nayu.project.backup.bring_back import BroughtBack, bring_back
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from tests.database import PASSWORDS, TEMPLATE, Server
from tests.room.models import Book

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
KEY = pyrage.x25519.Identity.generate()
SOURCE = "nayu_source"

#: What a backup must carry beside rows: owners, rights, walls, functions, triggers.
CATALOGUE = {
    "relations": """
        SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity,
            c.relforcerowsecurity, ARRAY(SELECT unnest(c.relacl)::text ORDER BY 1)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace""",
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "functions": """
        SELECT proname, pg_get_userbyid(proowner), prosecdef, proconfig::text, prosrc,
            ARRAY(SELECT unnest(proacl)::text ORDER BY 1)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences",
    "defaults": """
        SELECT pg_get_userbyid(defaclrole), defaclobjtype::text,
            ARRAY(SELECT unnest(defaclacl)::text ORDER BY 1) FROM pg_default_acl""",
    "schema": """
        SELECT nspname, pg_get_userbyid(nspowner), ARRAY(SELECT unnest(nspacl)::text ORDER BY 1)
        FROM pg_namespace WHERE nspname = 'public'""",
}

PLANTED = """
CREATE FUNCTION ledger_write(n int) RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, public AS 'SELECT n + 1';
ALTER FUNCTION ledger_write OWNER TO nayu_ledger;
REVOKE ALL ON FUNCTION ledger_write FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_write TO nayu_app;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'append only'; END$$;
CREATE TRIGGER never BEFORE TRUNCATE ON room_book EXECUTE FUNCTION never();
ALTER TABLE room_book ENABLE ALWAYS TRIGGER never;
"""


def catalogue(url: str) -> dict[str, list[Any]]:
    with psycopg.connect(url) as connection:
        found = {
            what: sorted(connection.execute(question.encode()).fetchall(), key=str)
            for what, question in CATALOGUE.items()
        }
    # What it reads back from its own text, PostgreSQL writes with its casts at other places.
    return {**found, "constraints": [(*row[:-1], _plain(row[-1])) for row in found["constraints"]]}


def _plain(definition: str) -> str:
    return re.sub(r"::[a-z ]+(\[\])?|[()]", "", definition)


def measures(url: str) -> manifest.Measures:
    with psycopg.connect(url) as connection:
        return manifest.measure(connection)


def files(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def programs() -> Programs:
    return Programs.chosen()


def book(lao_id: int, title: str) -> tuple[Book, list[object]]:
    """A book and its row, sealed without going through the test's own connection."""
    row = Book(pk=new_id(), lao_id=lao_id, title=title)
    borrower, _ = crypto.sealed_fields(Book)
    return row, [row.pk, lao_id, title, bytes(borrower.sealed(row, f"ยืมโดย {title}"))]


@pytest.fixture(scope="session")
def source(server: Server, django_db_setup: None) -> Iterator[Installation]:
    """An installation with three LAOs, rows in each, media, and a function of the ledger's."""
    del django_db_setup
    folder = Path(tempfile.mkdtemp(prefix="nayu-source-"))
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER nayu_owner").format(
                sql.Identifier(SOURCE), sql.Identifier(TEMPLATE)
            )
        )
    url = server.url(roles.OWNER, SOURCE)
    with psycopg.connect(url) as owner:
        owner.execute(PLANTED)
        laos = [lao for (lao,) in owner.execute("SELECT id FROM places_lao ORDER BY id")]
        for lao in laos:
            shelf = new_id()
            owner.execute(
                "INSERT INTO room_shelf (id, lao_id, label) VALUES (%s, %s, 'ชั้น')", [shelf, lao]
            )
            for n in range(5 * lao):
                owner.execute(
                    "INSERT INTO room_book (id, lao_id, title, borrower, shelf_id)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    [*book(lao, f"เล่ม {n}")[1], shelf],
                )
        owner.execute(
            "INSERT INTO room_shelf (id, lao_id, label)"
            " SELECT gen_random_uuid(), %s, 'ชั้นที่ ' || n FROM generate_series(1, 5000) n",
            [laos[-1]],
        )
    (folder / "media" / "ก ข").mkdir(parents=True)
    (folder / "media" / "ก ข" / "รูป.jpg").write_bytes(bytes(range(256)) * 9000)
    (folder / "media" / ("n" * 180)).write_bytes(b"")
    yield Installation(url, folder, folder / "media", programs())
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(SOURCE)))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Made:
    to = tmp_path_factory.mktemp("backups")
    return make(source, to=to, recipient=str(KEY.to_public()), now=NOON)


@pytest.fixture(scope="session")
def second_server() -> Iterator[postgres.EmbeddedPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="nayu-pg2-"))
    folder.chmod(0o711)
    second = postgres.EmbeddedPostgres(
        folder / "db",
        "admin-pw",
        Path(env.POSTGRES_BIN.raw or postgres.wheel_programs()),
        settings=("fsync=off", "full_page_writes=off"),
    )
    second.start()
    try:
        yield second
    finally:
        second.stop()
        shutil.rmtree(folder)


class Machine:
    """An empty machine of its own."""

    def __init__(self, second: postgres.EmbeddedPostgres, folder: Path) -> None:
        self.second = second
        admin = self.url(postgres.ADMIN, "postgres")
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS nayu WITH (FORCE)")
        roles.prepare(admin, database="nayu", passwords=PASSWORDS)
        self.empty = Installation(
            self.url(roles.OWNER), folder / "new", folder / "new" / "media", programs()
        )
        self.backups = folder / "backups"
        self.backups.mkdir()

    def url(self, user: str, database: str = "nayu") -> str:
        passwords = {
            postgres.ADMIN: "admin-pw",
            roles.OWNER: PASSWORDS.owner,
            roles.APP: PASSWORDS.app,
        }
        return self.second.url(user=user, password=passwords[user], database=database)

    def given(self, content: bytes) -> Path:
        file = self.backups / "nayu.age"
        file.write_bytes(content)
        return file

    def restore(self, file: Path, **changed: Any) -> BroughtBack:
        wanted: dict[str, Any] = {
            "into": self.empty,
            "identity": str(KEY),
            "known_migrations": known_migrations(),
            **changed,
        }
        return bring_back(file, **wanted)

    def app_may_enter(self) -> bool:
        try:
            psycopg.connect(self.url(roles.APP)).close()
        except psycopg.OperationalError:
            return False
        return True

    def state(self) -> tuple[object, ...]:
        media = files(self.empty.media)
        return catalogue(self.empty.owner_url), measures(self.empty.owner_url), media


def known_migrations() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


@pytest.fixture
def machine(second_server: postgres.EmbeddedPostgres, tmp_path: Path) -> Machine:
    return Machine(second_server, tmp_path)
