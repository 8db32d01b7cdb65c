"""One field of a Django form, with its label, help and error tied together for every reader."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString

from nayu.kernel.components.library import WrongComponent, register
from nayu.kernel.components.widgets import BuddhistDate


@dataclass(frozen=True, slots=True)
class _Shape:
    """:param group: several controls under one question, so a fieldset with a legend."""

    control: str
    group: bool = False


#: The first that fits a field's widget.
_SHAPES: tuple[tuple[type[forms.Widget], _Shape], ...] = (
    (forms.RadioSelect, _Shape("choices", group=True)),
    (forms.CheckboxSelectMultiple, _Shape("choices", group=True)),
    (BuddhistDate, _Shape("date", group=True)),
    (forms.CheckboxInput, _Shape("tick")),
    (forms.FileInput, _Shape("upload")),
    (forms.Textarea, _Shape("textarea")),
    (forms.Select, _Shape("select")),
    (forms.TextInput, _Shape("text")),
)


@register.inclusion_tag("kernel/components/field.html")
def field(bound: BoundField, *, unit: str = "") -> dict[str, Any]:
    """
    :param unit: stands behind the value: บาท, คน.
    :raises WrongComponent: the design has no control for the field's widget.
    """
    shape = _shape_of(bound.field.widget)
    described = _described_by(bound)
    values: dict[str, Any] = {
        "bound": bound,
        "anchor": bound.id_for_label,
        "error_anchor": f"{bound.auto_id}_error",
        "hint_anchor": f"{bound.auto_id}_helptext",
        "described": described,
        "optional": not bound.field.required and shape.control != "tick",
        "template": f"kernel/components/control_{shape.control}.html",
        "control": shape.control,
        "group": shape.group,
        "unit": unit,
    }
    return values | _EXTRAS.get(shape.control, _one_control)(bound, described)


def _shape_of(widget: forms.Widget) -> _Shape:
    for kind, shape in _SHAPES:
        if isinstance(widget, kind):
            return shape
    raise WrongComponent(f"{type(widget).__name__} has no control")


def _described_by(bound: BoundField) -> str:
    """The ids of the error and the help, the error first."""
    names = []
    if bound.errors:
        names.append(f"{bound.auto_id}_error")
    if bound.help_text:
        names.append(f"{bound.auto_id}_helptext")
    return " ".join(names)


def _one_control(bound: BoundField, described: str) -> dict[str, Any]:
    attrs: dict[str, Any] = {"class": "control"}
    if described:
        attrs["aria-describedby"] = described
    return {"input": _drawn(bound, attrs)}


def _drawn(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    # Django adds aria-invalid and required by itself.
    return bound.as_widget(attrs=attrs)


def _textarea(bound: BoundField, described: str) -> dict[str, Any]:
    limit = bound.field.widget.attrs.get("maxlength")
    attrs: dict[str, Any] = {"class": "control", "data-counter-target": "text"}
    if limit:
        # The counter says it in words; a browser would cut pasted text without a word.
        attrs |= {"maxlength": False, "data-limit": limit}
        described = f"{described} {bound.auto_id}_count".strip()
    if described:
        attrs["aria-describedby"] = described
    return {"input": _drawn(bound, attrs), "limit": limit, "count_anchor": f"{bound.auto_id}_count"}


def _upload(bound: BoundField, described: str) -> dict[str, Any]:
    attrs: dict[str, Any] = {
        "class": "upload-input",
        "data-preview-target": "input",
        "data-action": "preview#show",
    }
    if described:
        attrs["aria-describedby"] = described
    return {"input": _drawn(bound, attrs)}


def _choices(bound: BoundField, described: str) -> dict[str, Any]:
    del described  # the group says it once
    return {"options": [option.data for option in bound.subwidgets if option.data["value"] != ""]}


def _date(bound: BoundField, described: str) -> dict[str, Any]:
    del described
    widget = bound.field.widget
    return {"parts": widget.parts(bound.value()), "months": list(MONTHS.items())}


_EXTRAS: dict[str, Callable[[BoundField, str], dict[str, Any]]] = {
    "textarea": _textarea,
    "upload": _upload,
    "choices": _choices,
    "date": _date,
}


@dataclass(frozen=True, slots=True)
class _Wrong:
    sentence: str
    anchor: str


@register.inclusion_tag("kernel/components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """All that must be put right, above the form, each line leading to its field."""
    return {"wrong": list(_wrong(form)) if form.is_bound else []}


def _wrong(form: forms.BaseForm) -> Iterable[_Wrong]:
    for sentence in form.non_field_errors():
        yield _Wrong(str(sentence), "")
    for bound in form:
        for sentence in bound.errors:
            yield _Wrong(f"{bound.label}: {sentence}", _first_control(bound))


def _first_control(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label
