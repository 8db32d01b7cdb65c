"""Data migrations: every LAO by itself, behind the same walls as the running app."""

from collections.abc import Callable
from typing import Any

from django.apps.registry import Apps
from django.db import transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import QuerySet

from nayu.kernel.scope import scope

#: ``rows("complaints.Complaint")``: the rows of the LAO in scope, on the migration's connection.
Rows = Callable[[str], QuerySet[Any]]
#: What is done for one LAO; what it returns is ignored.
Step = Callable[[Rows], object]


class ForEachLao(RunPython):
    """A ``RunPython`` that sees one LAO at a time; made by :func:`for_each_lao`."""


def for_each_lao(step: Step, *, undo: Step | None = None) -> ForEachLao:
    """
    Run a step once in the scope of every LAO, as the app role.

    The owner passes by row-level security, so under it a forgotten filter would change the rows
    of all LAOs at every turn; the app role sees only those of the LAO in scope. Write through
    ``rows`` (``update``, ``bulk_update``, ``create``): a row's own ``save()`` takes the app's
    connection, which knows nothing of this transaction yet.

    The migration must depend on one of ``places``.
    """
    return ForEachLao(_in_turn(step), RunPython.noop if undo is None else _in_turn(undo))


def _in_turn(step: Step) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        alias = schema_editor.connection.alias

        def rows(label: str) -> QuerySet[Any]:
            found: QuerySet[Any] = apps.get_model(label)._base_manager.using(alias)
            return found

        for lao_id in rows("places.Lao").order_by("pk").values_list("pk", flat=True):
            with scope(lao_id), transaction.atomic(using=alias):
                schema_editor.connection.cursor().execute("SET LOCAL ROLE nayu_app")
                step(rows)
                # What waits for the commit (composite keys) is asked here, in its own scope.
                schema_editor.connection.cursor().execute(
                    "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; RESET ROLE"
                )

    return run
