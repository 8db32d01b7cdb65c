"""
Rows that belong to one LAO.

First layer: every question is narrowed to the LAO in scope, and asking without a scope raises.
Second layer: :mod:`nayu.kernel.walls` in the database, which holds where the first is passed by.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from uuid_utils.compat import uuid7

from nayu.kernel.scope import here
from nayu.kernel.walls import RowWall, SameLao

M_co = TypeVar("M_co", bound=models.Model, covariant=True)

#: PostgreSQL cuts names after this many bytes.
_LONGEST_NAME = 63


def new_id() -> UUID:
    """A time-ordered key (UUIDv7), made here so that a row has its id before it has a place."""
    return uuid7()


class LaoInScope(Expression):
    """The LAO in scope, looked up when a query runs; without a scope it raises ``NoScope``."""

    output_field = models.IntegerField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        del compiler, connection
        return "%s", (here(),)


class LaoManager(models.Manager[M_co]):
    """
    Fails closed. Relations, ``refresh_from_db`` and deletion pass it by (Django uses the base
    manager there), which is why the walls in the database are needed and loud.
    """

    def get_queryset(self) -> models.QuerySet[M_co]:
        return super().get_queryset().filter(lao_id=LaoInScope())


def _is_historical(model: type[models.Model]) -> bool:
    # A model rebuilt inside a migration already carries its walls in its state.
    return model.__module__ == "__fake__"


def _add_wall(model: type[models.Model], wall: models.BaseConstraint, *, first: bool) -> None:
    options = model._meta
    walls = [*options.constraints]
    walls.insert(0 if first else len(walls), wall)
    assert len(wall.name) <= _LONGEST_NAME, f"{wall.name} is too long for PostgreSQL"
    options.constraints = walls
    # What makemigrations compares is taken from here.
    options.original_attrs["constraints"] = walls


class LaoKey(models.ForeignKey[Any, Any]):
    """``lao``: taken from the scope, written once; brings the table's :class:`RowWall`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "to": "places.Lao",
                "on_delete": models.PROTECT,
                "related_name": "+",
                "default": here,
                "editable": False,
                # The unique key (lao_id, id) of the wall already serves as index.
                "db_index": False,
                **kwargs,
            }
        )

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False, **kwargs: Any
    ) -> None:
        super().contribute_to_class(cls, name, private_only, **kwargs)
        if not cls._meta.abstract and not _is_historical(cls):
            _add_wall(cls, RowWall(name=f"{cls._meta.db_table}_one_lao"), first=True)


class InLaoKey(models.ForeignKey[Any, Any]):
    """A foreign key to a row of the same LAO; brings its :class:`SameLao`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(*args, **kwargs)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False, **kwargs: Any
    ) -> None:
        super().contribute_to_class(cls, name, private_only, **kwargs)
        if not cls._meta.abstract and not _is_historical(cls):
            wall = SameLao(field=name, name=f"{cls._meta.db_table}_{name}_same_lao")
            _add_wall(cls, wall, first=False)


class LaoOwned(models.Model):
    """A row of one LAO; it never moves to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lao = LaoKey()

    objects = LaoManager["LaoOwned"]()

    class Meta:
        abstract = True
