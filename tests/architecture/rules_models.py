"""Rules over the models: keys between rooms, and what every table must say of itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from nayu.kernel.tenancy import LaoKey

Model = type[models.Model]


def keys_go_down_and_leave_no_trace(
    tables: Iterable[Model], floors: Sequence[frozenset[str]]
) -> list[str]:
    """:param floors: names of rooms, highest floor first."""
    return [
        f"{model._meta.label}.{field.name} {flaw}"
        for model in tables
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        for flaw in _flaws(model, field, floors)
    ]


def _flaws(
    model: Model,
    field: "models.ForeignKey[Any, Any] | models.ManyToManyField[Any, Any]",
    floors: Sequence[frozenset[str]],
) -> list[str]:
    target = field.related_model
    assert isinstance(target, type), f"{field} points to a model"
    here, there = _room(model), _room(target)
    if isinstance(field, models.ManyToManyField):
        return ["is many-to-many; write the table between them"]
    if here == there:
        return []
    flaws = []
    if not field.remote_field.hidden:
        flaws.append(f'leaves a reverse name on {there}; say related_name="+"')
    # The one knot upwards: every row of an LAO, the kernel's too, points to its LAO.
    knot = isinstance(field, LaoKey) and target._meta.label == "places.Lao"
    if not knot and not _is_below(there, here, floors):
        flaws.append(f"points to {there}, which is on no lower floor")
    return flaws


def _is_below(lower: str, upper: str, floors: Sequence[frozenset[str]]) -> bool:
    height = {room: number for number, rooms in enumerate(reversed(floors)) for room in rooms}
    return lower in height and height[lower] < height.get(upper, len(floors))


def _room(model: Model) -> str:
    """``complaints`` for ``nayu.complaints.models``; the app label outside the house."""
    house, _, inside = model.__module__.partition(".")
    return inside.partition(".")[0] if house == "nayu" else model._meta.app_label


def tables_declare_their_privacy(tables: Iterable[Model]) -> list[str]:
    """A class that is inherited declares nothing for this table."""
    return [
        f"{model._meta.label} does not say in a class Privacy what it is: {missing}"
        for model in tables
        if (missing := {"kind", "personal"} - set(vars(vars(model).get("Privacy", object))))
    ]
