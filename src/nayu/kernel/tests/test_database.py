"""What the scope costs the database, and what becomes of a connection that its server ended."""

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction

from nayu.kernel.scope import scope
from tests.database import Laos, Server

pytestmark = pytest.mark.django_db(transaction=True)


def pid() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def last_statement(of: int) -> tuple[str, object]:
    with connections["apart"].cursor() as cursor:
        cursor.execute("SELECT query, query_start FROM pg_stat_activity WHERE pid = %s", [of])
        query, started = cursor.fetchone()
    return query, started


def end(server: Server, backend: int) -> None:
    """Returns when the backend is gone."""
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        assert admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend]).fetchone() == (
            True,
        )


def _end_and_ask(server: Server) -> None:
    end(server, pid())
    connection.cursor()


def test_looking_whether_the_server_is_there_asks_it_nothing() -> None:
    backend = pid()
    before = last_statement(backend)
    assert connection.is_usable()
    assert last_statement(backend) == before


def test_a_transaction_without_a_statement_never_reaches_the_server(laos: Laos) -> None:
    backend = pid()
    before = last_statement(backend)
    with scope(laos.pak_phun), transaction.atomic():
        pass
    assert last_statement(backend) == before


def test_the_transaction_begins_with_its_scope_in_one_statement(laos: Laos) -> None:
    backend = pid()
    with scope(laos.pak_phun), transaction.atomic():
        connection.cursor().close()
        query, _ = last_statement(backend)
    assert query == f"BEGIN; SET LOCAL nayu.lao = '{laos.pak_phun}'"


def test_a_connection_that_its_server_ended_is_replaced_before_the_next_request(
    server: Server, laos: Laos
) -> None:
    old = pid()
    end(server, old)
    # As Django does when a request begins.
    connection.close_if_unusable_or_obsolete()
    with scope(laos.pak_phun), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('nayu.lao')")
        assert cursor.fetchone() == (str(laos.pak_phun),)
    assert pid() != old


def test_a_server_that_ends_between_the_look_and_the_scope_is_an_error_of_the_database(
    server: Server, laos: Laos
) -> None:
    with pytest.raises(OperationalError), scope(laos.pak_phun), transaction.atomic():
        _end_and_ask(server)
    connection.close_if_unusable_or_obsolete()
    assert connection.is_usable()
