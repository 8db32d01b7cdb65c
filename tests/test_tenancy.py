"""Tenancy under attack."""

import psycopg
import pytest
from django.db import DatabaseError, DataError, IntegrityError, ProgrammingError, connection
from django.db.models import Count, F, ProtectedError
from django.db.transaction import atomic, set_rollback

from nayu.kernel.scope import NoScope, current, here, scope
from nayu.project import postgres, roles
from tests.database import Laos, Server
from tests.room.models import Book, Shelf

pytestmark = pytest.mark.django_db


def raw(query: str, *values: str | int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall()) if cursor.description else []


def labels() -> set[str]:
    return {str(label) for (label,) in raw("SELECT label FROM room_shelf")}


@pytest.fixture
def shelves(laos: Laos) -> None:
    """One shelf in each LAO, labelled with its place."""
    for label, lao in (("pp", laos.pak_phun), ("wp", laos.wiang_phrao), ("lr", laos.lom_raet)):
        with scope(lao):
            Shelf.objects.create(label=label)


class TestWithoutAScope:
    def test_a_question_may_be_built_but_not_asked(self) -> None:
        question = Shelf.objects.filter(label="x").order_by("label")
        with pytest.raises(NoScope):
            list(question)

    @pytest.mark.parametrize(
        "ask",
        [
            Shelf.objects.count,
            Shelf.objects.exists,
            lambda: Shelf.objects.top().count(),
            Shelf.objects.first,
            lambda: list(Shelf.objects.iterator()),
            lambda: Shelf.objects.aggregate(n=Count("pk")),
            lambda: Shelf.objects.update(label="stolen"),
            lambda: Shelf.objects.all().delete(),
            lambda: Shelf.objects.create(label="x"),
            lambda: Shelf.objects.get_or_create(label="x"),
            lambda: list(Book.objects.filter(shelf__in=Shelf.objects.all())),
            lambda: list(Shelf.objects.union(Shelf.objects.all())),
        ],
    )
    def test_no_verb_of_the_manager_passes(self, ask: object) -> None:
        assert callable(ask)
        with pytest.raises(NoScope):
            ask()

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT count(*) FROM room_shelf",
            "UPDATE room_shelf SET label = 'stolen'",
            "DELETE FROM room_shelf",
        ],
    )
    def test_raw_sql_is_an_error_not_an_empty_answer(self, shelves: None, statement: str) -> None:
        del shelves
        with pytest.raises((ProgrammingError, DataError)):
            raw(statement)

    def test_the_base_manager_too_is_stopped_by_the_database(self, shelves: None) -> None:
        del shelves
        with pytest.raises((ProgrammingError, DataError)):
            list(Shelf._base_manager.all())

    def test_here_says_what_to_do(self) -> None:
        with pytest.raises(NoScope, match="open scope"):
            here()


class TestInAScope:
    def test_raw_sql_sees_one_lao(self, laos: Laos, shelves: None) -> None:
        del shelves
        with scope(laos.pak_phun):
            assert labels() == {"pp"}
        with scope(laos.wiang_phrao):
            assert labels() == {"wp"}

    def test_the_base_manager_and_a_server_side_cursor_see_one_lao(
        self, laos: Laos, shelves: None
    ) -> None:
        del shelves
        with scope(laos.lom_raet):
            assert [s.label for s in Shelf._base_manager.all()] == ["lr"]
            assert [s.label for s in Shelf._base_manager.iterator()] == ["lr"]

    def test_an_update_or_delete_of_everything_touches_one_lao(
        self, laos: Laos, shelves: None
    ) -> None:
        del shelves
        with scope(laos.pak_phun):
            assert raw("UPDATE room_shelf SET label = label RETURNING label") == [("pp",)]
            assert raw("DELETE FROM room_shelf RETURNING label") == [("pp",)]
        with scope(laos.wiang_phrao):
            assert labels() == {"wp"}

    def test_a_managers_own_filters_stay_in_the_scope(self, laos: Laos, shelves: None) -> None:
        del shelves
        with scope(laos.pak_phun):
            assert [shelf.label for shelf in Shelf.objects.top()] == ["pp"]

    def test_the_first_layer_narrows_even_where_the_second_is_passed_by(
        self, laos: Laos, shelves: None
    ) -> None:
        del shelves
        with scope(laos.pak_phun):
            question = str(Shelf.objects.all().query)
        assert f'"room_shelf"."lao_id" = {laos.pak_phun}' in question.replace("(", "").replace(
            ")", ""
        )


class TestAcrossTheWall:
    def test_an_insert_for_another_lao_is_refused(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(DatabaseError, match="row-level security"):
            Shelf(label="b", lao_id=laos.wiang_phrao).save()

    def test_a_bulk_insert_for_another_lao_is_refused(self, laos: Laos) -> None:
        stranger = Shelf(label="b", lao_id=laos.wiang_phrao)
        with scope(laos.pak_phun), pytest.raises(DatabaseError, match="row-level security"):
            Shelf.objects.bulk_create([Shelf(label="a", lao_id=laos.pak_phun), stranger])

    def test_a_row_cannot_move_to_another_lao(self, laos: Laos, shelves: None) -> None:
        del shelves
        with scope(laos.pak_phun), pytest.raises(DatabaseError, match="row-level security"):
            Shelf.objects.update(lao_id=laos.wiang_phrao)

    def test_a_copy_into_the_table_is_refused_altogether(self, laos: Laos) -> None:
        with scope(laos.pak_phun), pytest.raises(DatabaseError, match="COPY FROM not supported"):
            raw("COPY room_shelf (id, label, lao_id) FROM STDIN")

    def test_a_child_of_another_laos_row_is_refused(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            theirs = Shelf.objects.create(label="c")
        with scope(laos.wiang_phrao):
            Book.objects.create(shelf_id=theirs.pk, title="t")
            with pytest.raises(IntegrityError, match="same_lao"):
                connection.check_constraints()

    def test_an_update_that_points_to_another_laos_row_is_refused(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            theirs = Shelf.objects.create(label="c")
        with scope(laos.wiang_phrao):
            ours = Shelf.objects.create(label="d")
            Shelf.objects.filter(pk=ours.pk).update(above_id=theirs.pk)
            with pytest.raises(IntegrityError, match="same_lao"):
                connection.check_constraints()

    def test_a_parent_that_does_not_exist_is_refused(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            Book.objects.create(shelf_id="01890000-0000-7000-8000-000000000001", title="t")
            with pytest.raises(IntegrityError, match="same_lao"):
                connection.check_constraints()


class TestOrdinaryWork:
    def test_relations_deletion_and_locks_work_as_the_app_role(self, laos: Laos) -> None:
        with scope(laos.pak_phun):
            shelf = Shelf.objects.create(label="a")
            Book.objects.bulk_create(
                Book(shelf=shelf, title=f"t{n}", lao_id=laos.pak_phun) for n in range(3)
            )
            locked = Shelf.objects.select_for_update(of=("self",)).get(pk=shelf.pk)
            assert locked.books.count() == 3
            counted = Shelf.objects.annotate(n=Count("books")).values_list("n", flat=True)
            assert list(counted) == [3]
            assert len(Shelf.objects.prefetch_related("books").get().books.all()) == 3
            assert Book.objects.select_related("shelf").first() is not None
            Book.objects.filter(title="t0").update(title=F("title"))
            _, made = Book.objects.update_or_create(title="t1", defaults={"shelf": shelf})
            assert not made
            Shelf.objects.create(label="b", above=shelf)
            with pytest.raises(ProtectedError):
                shelf.delete()
            Shelf.objects.filter(label="b").delete()
            shelf.delete()
            connection.check_constraints()
            assert Book.objects.count() == 0

    def test_the_same_title_may_stand_in_two_laos_but_not_twice_in_one(self, laos: Laos) -> None:
        for lao in (laos.pak_phun, laos.wiang_phrao):
            with scope(lao):
                Book.objects.create(shelf=Shelf.objects.create(label="a"), title="same")
        with scope(laos.pak_phun), pytest.raises(IntegrityError, match="room_book_title_once"):
            Book.objects.create(shelf=Shelf.objects.get(), title="same")


class TestNesting:
    def test_leaving_an_inner_scope_restores_the_outer(self, laos: Laos, shelves: None) -> None:
        del shelves
        with scope(laos.pak_phun):
            with scope(laos.wiang_phrao):
                assert labels() == {"wp"}
            assert labels() == {"pp"}
        assert current() is None

    def test_an_error_in_an_inner_scope_restores_the_outer(self, laos: Laos, shelves: None) -> None:
        del shelves
        with scope(laos.pak_phun):
            with pytest.raises(ZeroDivisionError), scope(laos.wiang_phrao):
                _ = 1 / 0
            assert labels() == {"pp"}

    def test_an_aborted_savepoint_restores_the_scope_the_server_was_told(
        self, laos: Laos, shelves: None
    ) -> None:
        del shelves
        with scope(laos.pak_phun):
            assert labels() == {"pp"}
            with atomic(), scope(laos.wiang_phrao):
                assert labels() == {"wp"}
                set_rollback(rollback=True)
            assert labels() == {"pp"}

    def test_a_failed_statement_in_a_savepoint_leaves_the_scope_usable(
        self, laos: Laos, shelves: None
    ) -> None:
        del shelves
        with scope(laos.pak_phun):
            with pytest.raises(DataError), atomic(), scope(laos.wiang_phrao):
                raw("SELECT 1 / 0")
            assert labels() == {"pp"}


class TestRealTransactions:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_what_the_server_was_told_ends_with_the_transaction(
        self, laos: Laos, shelves_for_good: None
    ) -> None:
        del shelves_for_good
        with scope(laos.pak_phun), atomic():
            assert labels() == {"pp"}
        with pytest.raises((ProgrammingError, DataError)):
            labels()
        # In a scope but outside a transaction nothing can be told, and nothing is guessed.
        with scope(laos.pak_phun), pytest.raises((ProgrammingError, DataError)):
            labels()

    def test_a_rolled_back_transaction_leaves_nothing_for_the_next(
        self, laos: Laos, shelves_for_good: None
    ) -> None:
        del shelves_for_good
        with scope(laos.pak_phun), atomic():
            assert labels() == {"pp"}
            set_rollback(rollback=True)
        with scope(laos.wiang_phrao), atomic():
            assert labels() == {"wp"}

    def test_a_connection_that_was_lost_is_told_again(
        self, laos: Laos, shelves_for_good: None
    ) -> None:
        del shelves_for_good
        with scope(laos.pak_phun), atomic():
            assert labels() == {"pp"}
        connection.close()
        with scope(laos.lom_raet), atomic():
            assert labels() == {"lr"}

    @pytest.fixture
    def shelves_for_good(self, laos: Laos) -> None:
        for label, lao in (("pp", laos.pak_phun), ("wp", laos.wiang_phrao), ("lr", laos.lom_raet)):
            with scope(lao), atomic():
                Shelf.objects.create(label=label)


class TestRoles:
    def test_a_planted_row_that_breaks_a_composite_key_is_found_when_the_key_is_added(
        self, planted: tuple[Server, str]
    ) -> None:
        server, key = planted
        with (
            psycopg.connect(server.url(roles.OWNER), autocommit=True) as owner,
            pytest.raises(psycopg.errors.ForeignKeyViolation),
        ):
            owner.execute(
                f"ALTER TABLE room_book ADD CONSTRAINT {key} FOREIGN KEY (lao_id, shelf_id)"
                " REFERENCES room_shelf (lao_id, id)"
            )

    @pytest.fixture
    def planted(self, transactional_db: None, laos: Laos, server: Server) -> tuple[Server, str]:
        del transactional_db
        with scope(laos.pak_phun), atomic():
            theirs = Shelf.objects.create(label="c")
        key = "room_book_shelf_same_lao"
        with psycopg.connect(server.url(postgres.ADMIN), autocommit=True) as admin:
            admin.execute(f"ALTER TABLE room_book DROP CONSTRAINT {key}")
            admin.execute(
                "INSERT INTO room_book (id, title, lao_id, shelf_id) VALUES (%s, 'x', %s, %s)",
                ["01890000-0000-7000-8000-000000000001", laos.wiang_phrao, theirs.pk],
            )
        return server, key

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE mine (id int)",
            "CREATE TEMP TABLE room_shelf (id int)",
            "TRUNCATE room_shelf",
            "ALTER TABLE room_shelf DISABLE ROW LEVEL SECURITY",
            "DROP POLICY room_shelf_one_lao ON room_shelf",
            "SET ROLE nayu_owner",
            "SET ROLE nayu_ledger",
            "SET SESSION AUTHORIZATION nayu_owner",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE ROLE friend",
            "COPY room_shelf TO PROGRAM 'cat'",
            "SELECT pg_read_file('/etc/passwd')",
        ],
    )
    def test_the_app_role_is_refused(self, statement: str) -> None:
        with pytest.raises(DatabaseError):
            raw(statement)

    @pytest.mark.parametrize("role", [roles.APP, roles.READER, roles.OWNER, postgres.ADMIN])
    def test_no_role_is_trusted_for_being_local(self, server: Server, role: str) -> None:
        url = server.postgres.url(user=role, password="wrong", database="postgres")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url)

    def test_the_ledger_cannot_sign_in(self, server: Server) -> None:
        with psycopg.connect(server.admin_url, autocommit=True) as admin:
            admin.execute("ALTER ROLE nayu_ledger PASSWORD 'x'")
        url = server.postgres.url(user=roles.LEDGER, password="x", database="nayu_test")
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            psycopg.connect(url)

    def test_the_reader_reads_one_lao_and_writes_nothing(
        self, transactional_db: None, laos: Laos, server: Server
    ) -> None:
        del transactional_db
        with scope(laos.pak_phun), atomic():
            Shelf.objects.create(label="pp")
        with psycopg.connect(server.url(roles.READER)) as reader:
            reader.execute("SELECT set_config('nayu.lao', %s, true)", [str(laos.pak_phun)])
            assert reader.execute("SELECT label FROM room_shelf").fetchall() == [("pp",)]
            reader.execute("SELECT set_config('nayu.lao', %s, true)", [str(laos.wiang_phrao)])
            assert reader.execute("SELECT label FROM room_shelf").fetchall() == []
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute("UPDATE room_shelf SET label = 'x'")
