"""
Pointing at anything without a foreign key: evidence, "answered by".

A :class:`Ref` names a row of any module. The module that owns the kind says in its ``api`` how it
is shown; when that module is switched off or the row is gone, the reference says so.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nayu.kernel.permissions import Actor

Id: TypeAlias = UUID | int

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#: One spelling only, so that equal references are equal in SQL.
_TEXT = re.compile(
    rf"(?P<module>[a-z][a-z_]*)\.(?P<kind>[a-z][a-z_]*):(?:(?P<key>{_UUID})|(?P<number>0|[1-9][0-9]*))"
)


class BadRef(ValueError):
    """Not the text of a reference."""


@dataclass(frozen=True, slots=True)
class Ref:
    """
    ``complaints.complaint:0190…``

    :param module: label of the module that owns the row.
    :param kind: what it is there, e.g. the model's name in lower case.
    """

    module: str
    kind: str
    id: Id

    def __post_init__(self) -> None:
        if not _TEXT.fullmatch(str(self)):
            raise BadRef(f"{self} is not module.kind:id")

    def __str__(self) -> str:
        return f"{self.module}.{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """:raises BadRef: the text is not what ``str()`` of a reference gives."""
        parts = _TEXT.fullmatch(text)
        if parts is None:
            raise BadRef(f"{text!r} is not module.kind:id")
        key = parts["key"]
        return cls(parts["module"], parts["kind"], UUID(key) if key else int(parts["number"]))

    @classmethod
    def to(cls, row: models.Model) -> "Ref":
        """Points to a row by its app's label and its model's name."""
        return cls(row._meta.app_label, str(row._meta.model_name), row.pk)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees of a reference; ``url`` is ``None`` where there is nothing to open."""

    title: str | Promise
    url: str | None = None


GONE = Shown(_("What this pointed to is no longer available."))

#: Given ids of one kind and the person who looks, what she may see of each that is still there.
Show: TypeAlias = Callable[[Collection[Any], Actor], Mapping[Any, Shown]]
F = TypeVar("F", bound=Show)

_shows: dict[tuple[str, str], Show] = {}


def shows(module: str, kind: str) -> Callable[[F], F]:
    """
    Register, in a module's ``api``, how a kind of its rows is shown, many at once::

        @shows("complaints", "complaint")
        def show_complaints(ids: Collection[UUID], by: Actor) -> dict[UUID, Shown]: ...
    """

    def register(function: F) -> F:
        assert (module, kind) not in _shows, f"{module}.{kind} is shown by two functions"
        _shows[module, kind] = function
        return function

    return register


def shown(refs: Iterable[Ref], *, by: Actor) -> dict[Ref, Shown]:
    """How each reference is shown: one call a kind, :data:`GONE` where nothing is left."""
    result = {}
    for key, group in groupby(sorted(set(refs), key=_kind), key=_kind):
        of_kind = list(group)
        show = _shows.get(key)
        found = show([ref.id for ref in of_kind], by) if show else {}
        result.update({ref: found.get(ref.id, GONE) for ref in of_kind})
    return result


def _kind(ref: Ref) -> tuple[str, str]:
    return ref.module, ref.kind


class RefField(models.Field):
    """A column that holds a :class:`Ref` as its text."""

    # Read by the mypy plugin, which adds None for null=True.
    _pyi_private_set_type: Ref
    _pyi_private_get_type: Ref

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, *_: object) -> Ref | None:
        return None if value is None else Ref.parse(value)

    def to_python(self, value: Ref | str | None) -> Ref | None:
        return Ref.parse(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Ref | str | None) -> str | None:
        return None if value is None else str(self.to_python(value))
