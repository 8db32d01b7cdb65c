"""A data migration sees one LAO at a time, as the app does."""

import pytest
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

from nayu.kernel.migrations_by_lao import Rows, Step, for_each_lao
from nayu.kernel.scope import here, scope
from tests.database import Laos
from tests.room.models import Shelf

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(step: Step, *, backwards: bool = False) -> None:
    operation = for_each_lao(step, undo=step)
    state = MigrationLoader(None).project_state()
    with connections["owner"].schema_editor() as editor:
        if backwards:
            operation.database_backwards("room", editor, state, state)
        else:
            operation.database_forwards("room", editor, state, state)


def furnish(*laos: int) -> None:
    for lao_id in laos:
        with scope(lao_id), transaction.atomic():
            Shelf.objects.create(label="old")


@pytest.mark.parametrize("backwards", [False, True])
def test_a_step_without_a_filter_touches_one_lao_a_turn(laos: Laos, *, backwards: bool) -> None:
    furnish(laos.pak_phun, laos.wiang_phrao)
    turns: dict[int, int] = {}

    def step(rows: Rows) -> None:
        turns[here()] = rows("room.Shelf").update(label=f"of {here()}")

    migrate(step, backwards=backwards)

    assert turns == {laos.pak_phun: 1, laos.wiang_phrao: 1, laos.lom_raet: 0}
    for lao_id in (laos.pak_phun, laos.wiang_phrao):
        with scope(lao_id), transaction.atomic():
            assert Shelf.objects.get().label == f"of {lao_id}"


def test_a_row_made_for_another_lao_stops_the_whole_migration(laos: Laos) -> None:
    furnish(laos.pak_phun)

    def step(rows: Rows) -> None:
        rows("room.Shelf").update(label="new")
        rows("room.Shelf").create(label="theirs", lao_id=laos.lom_raet)

    with pytest.raises(DatabaseError, match="row-level security"):
        migrate(step)
    with scope(laos.pak_phun), transaction.atomic():
        assert Shelf.objects.get().label == "old"


def test_the_rest_of_the_migration_is_the_owners_again(laos: Laos) -> None:
    furnish(laos.pak_phun)
    operation = for_each_lao(lambda rows: rows("room.Shelf").delete())
    state = MigrationLoader(None).project_state()
    owner = connections["owner"]
    with owner.schema_editor() as editor, owner.cursor() as cursor:
        operation.database_forwards("room", editor, state, state)
        cursor.execute("SELECT current_user, count(*) FROM room_shelf")
        assert cursor.fetchone() == ("nayu_owner", 0)
