"""
The test database: the real roles on a real server, started as a child of the test run.

``NAYU_POSTGRES_BIN`` chooses other programs than the wheel's, to run the suite on Debian's
PostgreSQL.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from django.utils import timezone, translation
from psycopg import sql
from pytest_django import DjangoDbBlocker

from nayu.kernel.permissions import System
from nayu.places.api import forget_hosts, keep_geography_current
from nayu.places.models import Lao
from nayu.project import env, postgres, roles
from nayu.project.settings import database

PASSWORDS = roles.Passwords(owner="owner-pw", app="app-pw", reader="reader-pw")
ROLES = {
    "default": roles.APP,
    "apart": roles.APP,
    "reader": roles.READER,
    "owner": roles.OWNER,
}
TEMPLATE = "nayu_template"
DATABASE = "nayu_test"


@dataclass(frozen=True, slots=True)
class Server:
    postgres: postgres.EmbeddedPostgres

    def url(self, user: str, name: str = DATABASE) -> str:
        password = {
            roles.OWNER: PASSWORDS.owner,
            roles.APP: PASSWORDS.app,
            roles.READER: PASSWORDS.reader,
            postgres.ADMIN: self.postgres.password,
        }[user]
        return self.postgres.url(user=user, password=password, database=name)

    @property
    def admin_url(self) -> str:
        return self.url(postgres.ADMIN, "postgres")

    def copy_template(self) -> None:
        """The test database as it was after the migrations: 0.05 s."""
        name = sql.Identifier(DATABASE)
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER nayu_owner").format(
                    name, sql.Identifier(TEMPLATE)
                )
            )
            # A copy carries the tables' rights, not the database's.
            admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            admin.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO nayu_owner, nayu_app, nayu_reader").format(
                    name
                )
            )


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="nayu-pg-"))
    folder.chmod(0o711)
    programs = Path(env.POSTGRES_BIN.raw or postgres.wheel_programs())
    server = Server(
        postgres.EmbeddedPostgres(
            folder / "db", "admin-pw", programs, settings=("fsync=off", "full_page_writes=off")
        )
    )
    server.postgres.start()
    try:
        yield server
    finally:
        server.postgres.stop()
        shutil.rmtree(folder)


def _point(alias: str, url: str) -> None:
    connections[alias].close()
    new = database(url)
    for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connections[alias].settings_dict[key] = new[key]


def _cast() -> list[Lao]:
    return [
        Lao(
            code="04800103",
            name_th="เทศบาลเมืองปากพูน",
            name_en="Pak Phun Town Municipality",
            host="pakphun.localhost",
        ),
        Lao(
            code="05501101",
            name_th="เทศบาลตำบลเวียงพร้าว",
            name_en="Wiang Phrao Tambon Municipality",
            host="wiangphrao.localhost",
        ),
        Lao(
            code="05520101",
            name_th="เทศบาลตำบลล้อมแรด",
            name_en="Lom Raet Tambon Municipality",
            host="lomraet.localhost",
        ),
    ]


@pytest.fixture(scope="session")
def django_db_setup(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        roles.prepare(server.admin_url, database=TEMPLATE, passwords=PASSWORDS)
        _point("owner", server.url(roles.OWNER, TEMPLATE))
        call_command("migrate", database="owner", verbosity=0)
        keep_geography_current(by=System("migrate"), now=timezone.now())
        Lao.objects.using("owner").bulk_create(_cast())
        connections["owner"].close()

        server.copy_template()
        for alias, role in ROLES.items():
            _point(alias, server.url(role))

        def start_again(_: TransactionTestCase) -> None:
            # Django would empty the tables by TRUNCATE, which the app role must not do.
            connections.close_all()
            server.copy_template()

        patch.setattr(TransactionTestCase, "_fixture_teardown", start_again)
        patch.setattr(TransactionTestCase, "databases", set(ROLES))
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    # Neither the hosts of one test's LAOs nor the language of its last reader reach the next.
    forget_hosts()
    translation.deactivate()


@dataclass(frozen=True, slots=True)
class Laos:
    """The three real places that every test starts with, by id."""

    pak_phun: int
    wiang_phrao: int
    lom_raet: int


@pytest.fixture
def laos(db: None) -> Laos:
    del db
    ids = dict(Lao.objects.values_list("code", "id"))
    return Laos(ids["04800103"], ids["05501101"], ids["05520101"])


@pytest.fixture(scope="session")
def gathered_static_files() -> None:
    """What pages name must have been gathered, under its name with a digest."""
    call_command("collectstatic", interactive=False, verbosity=0)
