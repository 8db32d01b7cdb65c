"""What is known, shown in order."""

from collections.abc import Sequence
from typing import Any

from nayu.kernel.components.library import one_of, register
from nayu.kernel.components.surfaces import TONES
from nayu.kernel.components.values import Fact, Happening, Step, Table

_STEP_ICONS = {"done": "check-bold", "now": "dot-outline-fill", "later": ""}


@register.inclusion_tag("kernel/components/facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("kernel/components/table.html")
def table(table: Table, *, caption: str = "shown") -> dict[str, Any]:
    """
    On a phone each row becomes a small card with the column's name before each cell.

    :param caption: ``shown`` or ``heard``, where a heading above says the same.
    """
    rows = [(row, list(zip(table.columns, row.cells, strict=True))) for row in table.rows]
    one_of("caption", caption, ("shown", "heard"))
    return {"table": table, "rows": rows, "caption_heard": caption == "heard"}


@register.inclusion_tag("kernel/components/steps.html")
def steps(items: Sequence[Step], *, label: str) -> dict[str, Any]:
    """:param label: what the steps lead to."""
    return {"items": [(item, _STEP_ICONS[item.state]) for item in items], "label": label}


@register.inclusion_tag("kernel/components/timeline.html")
def timeline(items: Sequence[Happening]) -> dict[str, Any]:
    """What happened, newest first."""
    return {"items": [(item, TONES[item.tone]) for item in items]}


@register.inclusion_tag("kernel/components/pagination.html")
def pagination(*, newer: str = "", older: str = "") -> dict[str, Any]:
    """Links to the pages before and after; an address left out means that there is none."""
    return {"newer": newer, "older": older}
