"""The list of erased ids under attack: it can be added to, and nothing else."""

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections, transaction
from psycopg import errors

from nayu.kernel import privacy
from nayu.kernel.privacy.models import Erased
from nayu.kernel.scope import scope
from nayu.project import postgres, roles
from tests.database import Laos, Server

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
CHANGES = [
    "UPDATE kernel_erased SET row_id = gen_random_uuid()",
    "DELETE FROM kernel_erased",
    "TRUNCATE kernel_erased",
]


@pytest.fixture
def erased(laos: Laos) -> int:
    """A LAO with one erased id."""
    with scope(laos.pak_phun), transaction.atomic():
        privacy.remember_erased(
            lao_id=laos.pak_phun, table="room_book", row_id=UUID(int=7), at=NOON
        )
    return laos.pak_phun


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        *CHANGES,
        "ALTER TABLE kernel_erased DISABLE TRIGGER kernel_erased_keep",
        "DROP TRIGGER kernel_erased_keep ON kernel_erased",
        "DROP FUNCTION kernel_erased_refuse() CASCADE",
    ],
)
def test_the_app_cannot_take_an_id_off_the_list(erased: int, statement: str) -> None:
    with (
        scope(erased),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("role", "settings"), [(roles.OWNER, ""), (postgres.ADMIN, "session_replication_role=replica")]
)
def test_the_owner_and_a_superuser_in_replica_mode_are_stopped_by_the_trigger(
    erased: int, server: Server, role: str, settings: str
) -> None:
    options = f"-c {settings}" if settings else ""
    with psycopg.connect(server.url(role), options=options) as mighty:
        mighty.execute("SELECT set_config('nayu.lao', %s, true)", [str(erased)])
        for statement in CHANGES:
            with (
                pytest.raises(errors.InsufficientPrivilege, match="stays erased"),
                mighty.transaction(),
            ):
                mighty.execute(statement.encode())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_wall_can_be_taken_down_and_put_up_again(erased: int) -> None:
    def move(to: str) -> None:
        call_command("migrate", "kernel", to, database="owner", verbosity=0)
        connections["owner"].close()

    move("0002_audit_chain")
    with scope(erased), transaction.atomic():
        assert Erased.objects.update(erased_at=NOON) == 1
    move("0003_erased_for_good")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        scope(erased),
        transaction.atomic(),
    ):
        Erased.objects.update(erased_at=NOON)
