"""What models and library tables say about the people in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models

KINDS: Final = ("C0", "C1", "C2", "C3", "C4")

_SPAN: Final = re.compile(r"([1-9][0-9]*)(h|d|y)(?: after ([a-z_]+))?", re.ASCII)
_UNITS: Final = {"h": "hours", "d": "days"}
_WITH: Final = re.compile(r"with ([a-z_]+)", re.ASCII)

_WORDS: Final = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


class BadDeclaration(Exception):
    """A table's ``Privacy`` cannot be read; the sentence says what it needs."""


@dataclass(frozen=True, slots=True)
class Keep:
    """
    How long a row is kept.

    ``forever`` · ``48h``, ``90d``, ``5y``: since the row was made · ``5y after closed_at``: since
    that field · ``with person``: as long as the row that this foreign key points to.
    """

    number: int | None = None
    #: ``h`` hours, ``d`` days, ``y`` calendar years.
    unit: str = ""
    after: str = ""
    owner: str = ""

    @classmethod
    def read(cls, text: str) -> "Keep":
        """:raises BadDeclaration: not one of the forms above."""
        if text == "forever":
            return cls()
        if span := _SPAN.fullmatch(text):
            return cls(number=int(span[1]), unit=span[2], after=span[3] or "")
        if owner := _WITH.fullmatch(text):
            return cls(owner=owner[1])
        raise BadDeclaration(f"keep = {text!r} is none of: forever, 90d, 5y after x_at, with x")

    def began_before(self, now: datetime) -> datetime:
        """What began before this moment is kept no longer."""
        assert self.number is not None, "only a span of time ends"
        if self.unit == "y":
            return _years_before(now, self.number)
        return now - timedelta(**{_UNITS[self.unit]: self.number})


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        # The 29th of February, where that year had none.
        return now.replace(year=now.year - years, day=28)


@dataclass(frozen=True, slots=True)
class Declaration:
    table: str
    kind: str
    #: Columns, as the database calls them.
    personal: frozenset[str]
    keep: Keep
    #: Columns that hold words, none about a person. Not asked of libraries.
    harmless: frozenset[str] = frozenset()
    #: Rows whose span is over are deleted by :func:`nayu.kernel.privacy.sweeping.sweep`.
    swept: bool = False
    #: Of a library: why its table is what it is said to be.
    reason: str = ""


def _library(
    table: str, kind: str, keep: str, reason: str, personal: frozenset[str] = frozenset()
) -> Declaration:
    return Declaration(table, kind, personal, Keep.read(keep), reason=reason)


LIBRARY_TABLES: Final[dict[str, Declaration]] = {
    one.table: one
    for one in (
        _library("django_content_type", "C0", "forever", "Names of our own models."),
        _library("django_migrations", "C0", "forever", "Names of our own migrations."),
        _library("procrastinate_jobs", "C1", "90d", "Arguments are ids: events carry no names."),
        _library("procrastinate_events", "C1", "90d", "Moments in the life of a job."),
        _library("procrastinate_periodic_defers", "C1", "90d", "When a schedule last ran."),
        _library("procrastinate_workers", "C1", "48h", "Heartbeats of our own processes."),
    )
}


def holds_words(field: "models.Field[Any, Any]") -> bool:
    """Whether somebody could write about a person in this field."""
    return isinstance(field, _WORDS) and not field.choices


def column_of(field: "models.Field[Any, Any]") -> str:
    assert field.column is not None, f"{field} is concrete"
    return field.column


def fields_of(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {field.name: field for field in model._meta.local_concrete_fields}


def declaration_of(model: type[models.Model]) -> Declaration | None:
    """
    What the model says itself, not what it inherits; ``None`` when it says nothing.

    :raises BadDeclaration: a part is missing or cannot be read.
    """
    said = vars(model).get("Privacy")
    if said is None:
        return None
    missing = {"kind", "personal", "keep"} - set(vars(said))
    if missing:
        raise BadDeclaration(f"Privacy does not say {', '.join(sorted(missing))}")
    if said.kind not in KINDS:
        raise BadDeclaration(f"kind = {said.kind!r} is none of {', '.join(KINDS)}")
    harmless = frozenset(getattr(said, "harmless", ()))
    keep = Keep.read(said.keep)
    fields = fields_of(model)
    named = {*said.personal, *harmless, keep.after, keep.owner} - {""}
    if strangers := named - set(fields):
        raise BadDeclaration(f"no such field: {', '.join(sorted(strangers))}")
    return Declaration(
        table=model._meta.db_table,
        kind=said.kind,
        personal=frozenset(column_of(fields[name]) for name in said.personal),
        harmless=frozenset(column_of(fields[name]) for name in harmless),
        keep=keep,
        swept=getattr(said, "swept", False),
    )


def declared() -> dict[str, Declaration]:
    """
    Every table's declaration, by table, libraries included.

    :raises BadDeclaration: one cannot be read; the system checks say which.
    """
    ours = (declaration_of(model) for model in apps.get_models(include_auto_created=True))
    return LIBRARY_TABLES | {one.table: one for one in ours if one is not None}


def personal_fields() -> Iterator[tuple[Declaration, str]]:
    """Every column about people, with its table's declaration: for export, erasure, test copies."""
    for declaration in declared().values():
        for column in sorted(declaration.personal):
            yield declaration, column
