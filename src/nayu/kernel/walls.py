"""
The walls that the database keeps between LAOs, written by ``makemigrations`` from the models.

The fields of :mod:`nayu.kernel.tenancy` put them into ``Meta.constraints``; nobody has to remember.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint


class _Wall(BaseConstraint):
    """A constraint that only the database can check."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Wall)
            and type(self) is type(other)
            and self.deconstruct() == other.deconstruct()
        )

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to ask in Python: PostgreSQL refuses."""

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str | None:
        # Called while CREATE TABLE is being written; what we add needs the table to be there.
        assert model is not None, "walls stand on a model"
        assert schema_editor is not None, "walls are built by a schema editor"
        self.defer(schema_editor, self.statement(model, schema_editor))
        return None

    def statement(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        raise NotImplementedError

    def defer(self, schema_editor: BaseDatabaseSchemaEditor, statement: Statement) -> None:
        schema_editor.deferred_sql.append(statement)


class RowWall(_Wall):
    """
    Only rows of the LAO in scope are seen or written, by anyone, the table's owner included.

    Also gives ``(lao_id, id)`` the unique key that :class:`SameLao` refers to.
    """

    def statement(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(key)s UNIQUE (lao_id, id);"
            "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY;"
            "ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY;"
            "CREATE POLICY %(name)s ON %(table)s"
            " USING (lao_id = current_setting('nayu.lao')::int)",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            key=schema_editor.quote_name(f"{model._meta.db_table}_lao_id"),
            name=schema_editor.quote_name(self.name),
        )

    def defer(self, schema_editor: BaseDatabaseSchemaEditor, statement: Statement) -> None:
        # Ahead of the composite keys, which need the unique key that this one makes.
        schema_editor.deferred_sql.insert(0, statement)

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement | None:
        assert model is not None, "walls stand on a model"
        assert schema_editor is not None, "walls are built by a schema editor"
        return self.statement(model, schema_editor)

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement | None:
        assert model is not None, "walls stand on a model"
        assert schema_editor is not None, "walls are built by a schema editor"
        return Statement(
            "DROP POLICY %(name)s ON %(table)s;"
            "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY;"
            "ALTER TABLE %(table)s DISABLE ROW LEVEL SECURITY;"
            "ALTER TABLE %(table)s DROP CONSTRAINT %(key)s CASCADE",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            key=schema_editor.quote_name(f"{model._meta.db_table}_lao_id"),
            name=schema_editor.quote_name(self.name),
        )


class SameLao(_Wall):
    """
    A composite foreign key ``(lao_id, x_id) → (lao_id, id)``.

    PostgreSQL checks foreign keys past row-level security, so a plain key would accept another
    LAO's row: this key is the only guard there.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), {**kwargs, "field": self.field}

    def statement(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        field = model._meta.get_field(self.field)
        target = field.related_model
        assert isinstance(field, models.ForeignKey), f"{self.field} is not a foreign key"
        assert isinstance(target, type), f"{self.field} points to no model"
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s"
            " FOREIGN KEY (lao_id, %(column)s) REFERENCES %(target)s (lao_id, id)"
            " DEFERRABLE INITIALLY DEFERRED",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            target=Table(target._meta.db_table, schema_editor.quote_name),
            column=schema_editor.quote_name(field.column),
            name=schema_editor.quote_name(self.name),
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement | None:
        # Deferred to the end of the migration, when the target has its own wall.
        self.constraint_sql(model, schema_editor)
        return None

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement | None:
        assert model is not None, "walls stand on a model"
        assert schema_editor is not None, "walls are built by a schema editor"
        # The target's wall may have taken this key with it when migrations run backwards.
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )
