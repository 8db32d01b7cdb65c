"""Maps and charts, each with its twin in words and numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nayu.kernel.components.library import WrongComponent, register
from nayu.kernel.components.surfaces import TONES
from nayu.kernel.components.values import PlaceMap, Text

_WHOLE = 100.0
#: Room in percent that a line keeps above its highest point.
_AIR = 8.0
_TICKS = 4
_NICE = (1, 2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    label: Text
    value: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """:param unit: what the values count: เรื่อง, คน, ร้อยละ."""

    title: Text
    unit: Text
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Line:
    label: Text
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class LineChart:
    """:param along: one label a value of each line, in the order of time."""

    title: Text
    unit: Text
    along: Sequence[Text]
    lines: Sequence[Line]


@register.inclusion_tag("kernel/components/place_map.html")
def place_map(places: PlaceMap) -> dict[str, Any]:
    """The list is always there; the map is drawn beside it where JavaScript runs."""
    return {
        "places": places,
        "points": [(point, TONES[point.tone]) for point in places.points],
        "outline": json.dumps(list(places.outline)),
    }


@register.inclusion_tag("kernel/components/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    """A table whose rows carry their bars."""
    most = max((bar.value for bar in chart.bars), default=0) or 1
    bars = [(bar, _percent(bar.value / most * _WHOLE)) for bar in chart.bars]
    return {"chart": chart, "bars": bars}


@register.inclusion_tag("kernel/components/line_chart.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    """
    Drawn by the server in percent, so that letters keep their size on every screen.

    :raises WrongComponent: a line has more or fewer values than the chart has labels.
    """
    if any(len(line.values) != len(chart.along) for line in chart.lines):
        raise WrongComponent(f"{chart.title}: every line needs {len(chart.along)} values")
    top = _ceiling(max(value for line in chart.lines for value in line.values))
    return {
        "chart": chart,
        "ticks": [(_number(top * n / _TICKS), _height(n / _TICKS)) for n in range(_TICKS + 1)],
        "lines": [(n, line, _strokes(line, top)) for n, line in enumerate(chart.lines, start=1)],
        "labels": list(zip(chart.along, _across(len(chart.along)), strict=True)),
        "rows": [
            (label, [line.values[n] for line in chart.lines]) for n, label in enumerate(chart.along)
        ],
    }


def _ceiling(most: float) -> float:
    """The next round number above, so that the ticks can be read."""
    power: float = 1
    while power * 10 <= max(most, 1):
        power *= 10
    return next(power * step for step in _NICE if power * step >= most)


def _number(value: float) -> str:
    return f"{value:,.4g}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _height(share: float) -> str:
    return _percent(_WHOLE - share * (_WHOLE - _AIR))


def _across(count: int) -> list[str]:
    return [_percent(_WHOLE * (n + 0.5) / count) for n in range(count)]


def _strokes(line: Line, top: float) -> dict[str, Any]:
    points = list(
        zip(_across(len(line.values)), [_height(value / top) for value in line.values], strict=True)
    )
    return {"points": points, "strokes": list(pairwise(points))}
