"""Tenancy under attack."""

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection
from django.db.utils import DatabaseError

from nayu.kernel.scope import NoScope, scope
from tests.database import Laos
from tests.room.models import Book, Shelf

pytestmark = pytest.mark.django_db


def raw_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM room_shelf")
        return int(cursor.fetchone()[0])


def test_a_question_without_a_scope_is_refused_when_it_runs_not_when_it_is_built() -> None:
    question = Shelf.objects.filter(label="x")
    with pytest.raises(NoScope):
        list(question)


def test_raw_sql_without_a_scope_is_an_error_not_an_empty_answer() -> None:
    with pytest.raises((ProgrammingError, DataError)):
        raw_count()


def test_raw_sql_in_a_scope_sees_one_lao(laos: Laos) -> None:
    with scope(laos.pak_phun):
        Shelf.objects.create(label="a")
        assert raw_count() == 1
    with scope(laos.wiang_phrao):
        assert raw_count() == 0
    with scope(laos.pak_phun):
        assert raw_count() == 1


def test_a_row_for_another_lao_is_refused_by_the_database(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(DatabaseError, match="row-level security"):
        Shelf(label="b", lao_id=laos.wiang_phrao).save()


def test_a_child_of_another_laos_row_is_refused_by_the_database(laos: Laos) -> None:
    with scope(laos.pak_phun):
        theirs = Shelf.objects.create(label="c")
    with scope(laos.wiang_phrao):
        Book.objects.create(shelf_id=theirs.pk, title="t")
        with pytest.raises(IntegrityError, match="same_lao"):
            connection.check_constraints()
