"""
What an event may look like, and how it travels: as JSON, and back exactly.

An event is a frozen, slotted dataclass with ``lao_id: int`` and fields of the types in
:data:`PLAIN`, each perhaps ``| None``. Anything else is refused, never turned into text silently.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from procrastinate.types import JSONDict, JSONValue

PLAIN = frozenset({str, int, bool, UUID, date, datetime})


class Event(Protocol):
    """Something that became true in one LAO."""

    @property
    def lao_id(self) -> int: ...


E = TypeVar("E", bound=Event)


class BadEvent(Exception):
    """An event class or value that cannot travel exactly; the programmer's mistake."""


@dataclass(frozen=True, slots=True)
class _Field:
    kind: type
    may_be_none: bool
    required: bool


@cache
def shape(event_class: type[Any]) -> Mapping[str, _Field]:
    """:raises BadEvent: the class is not a frozen, slotted dataclass of plain values."""
    name = event_class.__qualname__
    # Its own and not its parent's: a subclass without the decorator would lose its new fields.
    params = vars(event_class).get("__dataclass_params__")
    if params is None:
        raise BadEvent(f"{name} is not a dataclass")
    if not params.frozen or "__slots__" not in vars(event_class):
        raise BadEvent(f"{name} must be @dataclass(frozen=True, slots=True)")
    hints = get_type_hints(event_class)
    known = {
        field.name: _field(
            f"{name}.{field.name}",
            hints[field.name],
            required=field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(event_class)
    }
    if known.get("lao_id") != _Field(int, may_be_none=False, required=True):
        raise BadEvent(f"{name} must have lao_id: int")
    return known


def _field(name: str, hint: Any, *, required: bool) -> _Field:
    kinds = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    plain = [kind for kind in kinds if kind is not NoneType]
    if len(plain) != 1 or plain[0] not in PLAIN:
        raise BadEvent(f"{name}: {hint} is none of {sorted(kind.__name__ for kind in PLAIN)}")
    return _Field(plain[0], may_be_none=NoneType in kinds, required=required)


def write(event: Event) -> JSONDict:
    """:raises BadEvent: a value is not exactly of its field's type."""
    return {
        name: _write(f"{type(event).__qualname__}.{name}", field, getattr(event, name))
        for name, field in shape(type(event)).items()
    }


def _write(name: str, field: _Field, value: Any) -> JSONValue:
    if value is None and field.may_be_none:
        return None
    # Exactly: a bool is an int and a datetime is a date to isinstance(), an enum member a str.
    if type(value) is not field.kind:
        raise BadEvent(f"{name} is {value!r}, not exactly {field.kind.__name__}")
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise BadEvent(f"{name} is {value!r}, a moment without a time zone")
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    assert isinstance(value, str | int), "what is left of PLAIN"
    return value


_READ: Mapping[type, Callable[[Any], object]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def read(event_class: type[E], data: Mapping[str, Any]) -> E:
    """
    The event as it was announced; a field added since then takes its default.

    :raises BadEvent: it does not fit the class of today.
    """
    known = shape(event_class)
    name = event_class.__qualname__
    strangers = data.keys() - known.keys()
    missing = {key for key, field in known.items() if field.required} - data.keys()
    if strangers or missing:
        raise BadEvent(f"{name}: unknown {sorted(strangers)}, missing {sorted(missing)}")
    return event_class(
        **{key: _read(f"{name}.{key}", known[key], value) for key, value in data.items()}
    )


def _read(name: str, field: _Field, raw: Any) -> Any:
    if raw is None and field.may_be_none:
        return None
    travels_as = str if field.kind in _READ else field.kind
    if type(raw) is not travels_as:
        raise BadEvent(f"{name} came as {raw!r}, not {travels_as.__name__}")
    if field.kind not in _READ:
        return raw
    try:
        return _READ[field.kind](raw)
    except ValueError as error:
        raise BadEvent(f"{name} came as {raw!r}") from error
