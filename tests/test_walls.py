"""The walls are written by ``makemigrations`` from the models, and stand after any migration."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from nayu.kernel.tenancy import InLaoKey, LaoKey
from nayu.kernel.walls import RowWall, SameLao

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def walls_of(table: str) -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype IN"
            " ('f', 'u') UNION SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)",
            [table, table],
        )
        return {str(name) for (name,) in cursor.fetchall()}


def run(*operations: Operation) -> None:
    state = ProjectState.from_apps(apps)
    with connections["owner"].schema_editor(atomic=True) as editor:
        for operation in operations:
            after = state.clone()
            operation.state_forwards("room", after)
            operation.database_forwards("room", editor, state, after)
            state = after


def test_a_new_table_gets_its_wall_and_composite_keys() -> None:
    assert walls_of("room_book") >= {
        "room_book_one_lao",
        "room_book_lao_id",
        "room_book_shelf_same_lao",
    }


def test_a_self_reference_gets_its_composite_key() -> None:
    assert "room_shelf_above_same_lao" in walls_of("room_shelf")


def test_a_key_added_later_gets_its_composite_key() -> None:
    later = InLaoKey("room.book", models.PROTECT, null=True, related_name="+")
    run(
        migrations.AddField("shelf", "newest", later),
        migrations.AddConstraint("shelf", SameLao(field="newest", name="later_same_lao")),
    )
    assert "later_same_lao" in walls_of("room_shelf")


def test_a_key_to_a_table_made_after_it_in_the_same_migration_is_added_last() -> None:
    fields = [("id", models.UUIDField(primary_key=True)), ("lao", LaoKey())]
    run(
        migrations.CreateModel("Crate", [*fields]),
        migrations.CreateModel(
            "Lid",
            [*fields, ("crate", InLaoKey("room.crate", models.PROTECT, related_name="+"))],
            options={"constraints": [SameLao(field="crate", name="lid_same_lao")]},
        ),
        migrations.AddConstraint("crate", RowWall(name="crate_one_lao")),
    )
    assert "lid_same_lao" in walls_of("room_lid")
    assert "crate_one_lao" in walls_of("room_crate")


def test_migrations_run_backwards_and_forwards_again() -> None:
    before = walls_of("room_book") | walls_of("room_shelf")
    call_command("migrate", "room", "zero", database="owner", verbosity=0)
    assert walls_of("room_book") == set()
    call_command("migrate", "room", database="owner", verbosity=0)
    assert walls_of("room_book") | walls_of("room_shelf") == before


def test_taking_a_wall_away_leaves_the_table_open_and_known() -> None:
    run(migrations.RemoveConstraint("book", "room_book_shelf_same_lao"))
    assert "room_book_shelf_same_lao" not in walls_of("room_book")


def test_the_models_say_all_that_the_migrations_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_model_that_gains_a_key_gains_its_wall_in_the_next_migration() -> None:
    old = ProjectState.from_apps(apps)
    old.models["room", "book"].options["constraints"] = [
        wall
        for wall in old.models["room", "book"].options["constraints"]
        if not isinstance(wall, SameLao)
    ]
    graph = MigrationLoader(None).graph
    changes = MigrationAutodetector(old, ProjectState.from_apps(apps)).changes(graph)
    added = [op for migration in changes["room"] for op in migration.operations]
    assert [op.describe() for op in added] == [
        "Create constraint room_book_shelf_same_lao on model book"
    ]
