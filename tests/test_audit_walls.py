"""The audit under attack: what each database role is refused."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import errors

from nayu.kernel import audit
from nayu.kernel.audit import chain
from nayu.kernel.permissions import Guest
from nayu.kernel.scope import scope
from nayu.project import postgres, roles
from tests.database import Laos, Server

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)

CHANGES = [
    "UPDATE kernel_auditentry SET action = 'a.forged'",
    "DELETE FROM kernel_auditentry",
    "TRUNCATE kernel_auditentry",
    """INSERT INTO kernel_auditlink (id, lao_id, number, hash)
       VALUES (gen_random_uuid(), current_setting('nayu.lao')::int, 2, '')""",
    "UPDATE kernel_auditlink SET hash = ''",
    "DELETE FROM kernel_auditlink",
    "TRUNCATE kernel_auditlink",
    """INSERT INTO kernel_audithead (id, lao_id, number, hash)
       VALUES (gen_random_uuid(), current_setting('nayu.lao')::int, 2, '')
       ON CONFLICT (lao_id) DO UPDATE SET hash = ''""",
    "UPDATE kernel_audithead SET number = 0",
    "DELETE FROM kernel_audithead",
    "TRUNCATE kernel_audithead",
]
WAYS_ROUND = [
    "SELECT kernel_audit_link()",
    """CREATE OR REPLACE FUNCTION kernel_audit_link() RETURNS trigger
       LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'""",
    "ALTER FUNCTION kernel_audit_link() SECURITY INVOKER",
    "DROP FUNCTION kernel_audit_link() CASCADE",
    "ALTER TABLE kernel_auditentry DISABLE TRIGGER kernel_auditentry_link",
    "DROP TRIGGER kernel_auditentry_link ON kernel_auditentry",
    "SET ROLE nayu_ledger",
    "SET ROLE nayu_owner",
    "SET session_replication_role = replica",
    # Another table under the same trigger would let anything be hashed.
    "CREATE TABLE mine (id uuid, lao_id int, text text)",
    "CREATE TEMP TABLE mine (id uuid, lao_id int, text text)",
]


@pytest.fixture
def told(laos: Laos) -> int:
    """A LAO with one entry, linked."""
    with scope(laos.pak_phun):
        audit.record("a.b", by=Guest(), now=NOON)
        connection.check_constraints()
    return laos.pak_phun


@pytest.mark.django_db
@pytest.mark.parametrize("statement", CHANGES + WAYS_ROUND)
def test_the_app_can_add_entries_and_nothing_else(told: int, statement: str) -> None:
    with (
        scope(told),
        connection.cursor() as cursor,
        pytest.raises(
            ProgrammingError, match=r"permission denied|must be owner|can only be called"
        ),
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_app_reads_its_own_laos_chain_only(told: int, laos: Laos) -> None:
    with scope(told):
        assert chain.head() is not None
        assert len(list(chain.lines())) == 1
    with scope(laos.wiang_phrao):
        assert chain.head() is None
        assert list(chain.lines()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("role", "settings"), [(roles.OWNER, ""), (postgres.ADMIN, "session_replication_role=replica")]
)
def test_the_owner_and_a_superuser_in_replica_mode_are_stopped_by_triggers(
    laos: Laos, server: Server, role: str, settings: str
) -> None:
    with scope(laos.pak_phun), transaction.atomic():
        audit.record("a.b", by=Guest(), now=NOON)
    options = f"-c {settings}" if settings else ""
    with psycopg.connect(server.url(role), options=options) as mighty:
        mighty.execute("SELECT set_config('nayu.lao', %s, true)", [str(laos.pak_phun)])
        for statement in CHANGES:
            with (
                pytest.raises(errors.InsufficientPrivilege, match="only ever added to"),
                mighty.transaction(),
            ):
                mighty.execute(statement)


@pytest.mark.django_db
def test_the_function_is_the_ledgers_sealed_and_callable_by_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(proowner), prosecdef, proconfig::text,"
            " has_function_privilege('nayu_app', oid, 'EXECUTE'),"
            " has_function_privilege('nayu_reader', oid, 'EXECUTE')"
            " FROM pg_proc WHERE proname = 'kernel_audit_link'"
        )
        assert cursor.fetchall() == [
            (roles.LEDGER, True, '{"search_path=pg_catalog, pg_temp"}', False, False)
        ]


@pytest.mark.django_db
def test_every_trigger_of_the_audit_stays_awake_in_replica_mode() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname LIKE 'kernel_audit%' AND NOT tgisinternal"
        )
        triggers = dict(cursor.fetchall())
    assert len(triggers) == 6
    assert set(triggers.values()) == {"A"}
