"""
Migrations that old and new code survive together.

Additive first: a column is added, filled and used, and taken away one release later. What takes
away or narrows says why that is safe by now: ``destructive = "reason"`` in the migration.
"""

from collections.abc import Sequence

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from nayu.kernel.migrations_by_lao import ForEachLao

_TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


def of_the_house(loader: MigrationLoader) -> list[tuple[Migration, ProjectState]]:
    """Our migrations, each with the state that it finds."""
    nodes = loader.graph.nodes
    ours = sorted(key for key in nodes if nodes[key].__module__.startswith(("nayu.", "tests.")))
    return [(nodes[key], loader.project_state(key, at_end=False)) for key in ours]


def flaws_of(migration: Migration, before: ProjectState) -> list[str]:
    found = [] if migration.atomic else ["is not atomic"]
    state = before.clone()
    may_destroy = bool(getattr(migration, "destructive", ""))
    born = {
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    for operation in migration.operations:
        for part in _parts(operation):
            if not part.reversible:
                found.append(f"cannot be undone: {part.describe()}")
            if _is_data_without_lao(part):
                found.append(f"changes data outside for_each_lao: {part.describe()}")
            if not may_destroy and _breaks_old_code(part, state, migration.app_label, born):
                found.append(f"old code cannot live with it: {part.describe()}")
        operation.state_forwards(migration.app_label, state)
    return [f"{migration} {flaw}" for flaw in found]


def _parts(operation: Operation) -> Sequence[Operation]:
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return operation.database_operations
    return [operation]


def _is_data_without_lao(operation: Operation) -> bool:
    return isinstance(operation, migrations.RunPython) and not isinstance(operation, ForEachLao)


def _breaks_old_code(operation: Operation, state: ProjectState, app: str, born: set[str]) -> bool:
    if isinstance(operation, _TAKES_AWAY):
        return True
    if isinstance(operation, migrations.AddField) and operation.model_name_lower not in born:
        # Old code inserts rows without the new column.
        field = operation.field
        return not (field.null or field.many_to_many or field.has_db_default())
    if isinstance(operation, migrations.AlterField):
        old = state.models[app, operation.model_name_lower].fields[operation.name_lower]
        return _narrows(old, operation.field)
    return False


def _narrows(old: "models.Field[object, object]", new: "models.Field[object, object]") -> bool:
    shorter = new.max_length is not None and (
        old.max_length is None or new.max_length < old.max_length
    )
    return (
        type(old) is not type(new)
        or shorter
        or (old.null and not new.null)
        or (new.unique and not old.unique)
        or (old.has_db_default() and not new.has_db_default())
    )
