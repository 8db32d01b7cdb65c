"""The shapes that components draw: small frozen values that a view puts into its context."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

#: A sentence: plain, marked safe, or still to be translated.
Text = str | Promise
Tone = Literal["neutral", "info", "success", "warning", "danger"]


@dataclass(frozen=True, slots=True)
class Link:
    label: Text
    href: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """
    A place of the shell.

    :param icon: the name without its style, there is an outlined and a filled one.
    :param count: how many things wait there; 0 is not shown.
    """

    label: Text
    href: str
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class NavGroup:
    label: Text
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few ways to read the page; following the link chooses it."""

    label: Text
    href: str
    code: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    term: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Step:
    label: Text
    state: Literal["done", "now", "later"]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """:param when: a ``<time>``, made by a date filter."""

    title: Text
    when: Text
    body: Text = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Column:
    label: Text
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """:param cells: one a column; the first names the row and carries its link."""

    cells: Sequence[Text]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Toast:
    text: Text
    tone: Tone = "success"


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Somewhere, in WGS 84 degrees."""

    label: Text
    latitude: float
    longitude: float
    detail: Text = ""
    href: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """:param outline: corners of the area, as latitude and longitude."""

    label: Text
    points: Sequence[MapPoint]
    outline: Sequence[tuple[float, float]] = field(default=())
