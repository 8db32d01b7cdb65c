"""Migrations: linear, additive, one LAO at a time, and impatient for locks."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from nayu.kernel.migrations_by_lao import for_each_lao
from tests.architecture.rules_migrations import flaws_of, of_the_house

LOADER = MigrationLoader(None)

BREAKING: list[tuple[Operation, str]] = [
    (migrations.RemoveField("well", "note"), "old code"),
    (migrations.RenameField("well", "note", "remark"), "old code"),
    (migrations.RenameModel("Well", "Spring"), "old code"),
    (migrations.DeleteModel("Well"), "old code"),
    (migrations.AlterModelTable("well", "spring"), "old code"),
    (migrations.AlterField("well", "note", models.CharField(max_length=20)), "old code"),
    (migrations.AlterField("well", "depth", models.IntegerField()), "old code"),
    (migrations.AlterField("well", "depth", models.FloatField(null=True)), "old code"),
    (
        migrations.AlterField("well", "depth", models.IntegerField(null=True, unique=True)),
        "old code",
    ),
    (migrations.AddField("well", "colour", models.CharField(default="")), "old code"),
    (migrations.RunPython(print, print), "outside for_each_lao"),
    (migrations.RunSQL("SELECT 1"), "cannot be undone"),
    (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(print, print)]
        ),
        "outside for_each_lao",
    ),
]
HARMLESS: list[Operation] = [
    migrations.AddField("well", "colour", models.CharField(null=True)),
    migrations.AddField("well", "colour", models.CharField(db_default="")),
    migrations.AlterField("well", "note", models.CharField(max_length=90)),
    migrations.AlterField("well", "note", models.CharField(max_length=40, null=True)),
    migrations.RunSQL("SELECT 1", "SELECT 2"),
    for_each_lao(lambda rows: rows("wells.Well").update(note="")),
]


def wells() -> ProjectState:
    state = ProjectState()
    fields: dict[str, models.Field[Any, Any]] = {
        "id": models.AutoField(primary_key=True),
        "note": models.CharField(max_length=40),
        "depth": models.IntegerField(null=True),
    }
    state.add_model(ModelState("wells", "Well", fields))
    return state


def migration(*operations: Operation, **said: object) -> Migration:
    kind = type("Migration", (Migration,), {"operations": list(operations), **said})
    made: Migration = kind("0002_change", "wells")
    return made


@pytest.mark.parametrize(
    "key", of_the_house(LOADER), ids=lambda pair: f"{pair[0].app_label}.{pair[0].name}"
)
def test_old_and_new_code_both_live_with_it(key: tuple[Migration, ProjectState]) -> None:
    assert flaws_of(*key) == []


@pytest.mark.parametrize(("operation", "word"), BREAKING)
def test_a_migration_that_breaks_running_code_is_found(operation: Operation, word: str) -> None:
    (found,) = flaws_of(migration(operation), wells())
    assert word in found


@pytest.mark.parametrize("operation", HARMLESS)
def test_a_migration_that_only_adds_is_fine(operation: Operation) -> None:
    assert flaws_of(migration(operation), wells()) == []


def test_a_column_may_go_when_the_migration_says_why() -> None:
    unused = migrations.RemoveField("well", "note")
    change = migration(unused, destructive="unused since the release before")
    assert flaws_of(change, wells()) == []


def test_a_table_born_here_may_get_its_keys_in_a_second_step() -> None:
    born = migrations.CreateModel("Pump", [("id", models.AutoField(primary_key=True))])
    key = migrations.AddField("pump", "well", models.ForeignKey("wells.Well", models.PROTECT))
    assert flaws_of(migration(born, key), wells()) == []


def test_a_migration_in_several_transactions_is_found() -> None:
    assert flaws_of(migration(atomic=False), wells()) == ["wells.0002_change is not atomic"]


def test_each_app_names_its_last_migration_so_that_two_branches_meet() -> None:
    leaves = {
        app: name
        for app, name in LOADER.graph.leaf_nodes()
        if LOADER.graph.nodes[app, name].__module__.startswith(("nayu.", "tests."))
    }
    assert leaves
    for app, name in leaves.items():
        folder = Path(apps.get_app_config(app).path) / "migrations"
        assert (folder / "max_migration.txt").read_text().strip() == name


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(databases=["owner"])
def test_a_migration_gives_up_before_it_makes_everybody_wait() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        assert cursor.fetchone() == ("5s", "15min")
