"""Made-up things for the gallery to show; no person or number here is real."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nayu.kernel.components.pictures import Bar, BarChart, Line, LineChart
from nayu.kernel.components.values import (
    Column,
    Fact,
    Happening,
    Link,
    MapPoint,
    NavGroup,
    NavItem,
    PlaceMap,
    Row,
    Step,
    Table,
    Toast,
)

COLOURS = (
    *("paper", "surface", "sunk", "sky", "ink", "ink-soft", "line", "line-strong", "leaf"),
    *("leaf-strong", "leaf-soft", "marigold", "marigold-soft", "marigold-ink", "clay", "clay-soft"),
    *("info", "info-soft", "success", "success-soft", "alarm", "alarm-soft", "plum", "plum-soft"),
    "focus",
)
_LAST_MONTHS = ("มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.")
#: Of the sample's half year.
_FIRST_MONTH = 6
_ERA = 543


def day(when: date) -> SafeString:
    """The day as the reader writes it, with its machine-readable twin."""
    thai = f"{when.day} {_LAST_MONTHS[when.month - _FIRST_MONTH]} {when.year + _ERA}"
    shown = f"{when:%-d %b %Y}" if get_language() == "en" else thai
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), shown)


def crumbs() -> list[Link]:
    return [Link(_("Desk"), "#"), Link(_("Complaints"), "#")]


def facts() -> list[Fact]:
    return [
        Fact(_("Number"), "ร-2569-0142"),
        Fact(_("Topic"), _("Street light")),
        Fact(_("Received on"), day(date(2026, 11, 18))),
        Fact(_("In whose hands"), _("Public works division")),
    ]


def steps() -> list[Step]:
    return [
        Step(_("Received"), "done", day(date(2026, 11, 18))),
        Step(_("Checked on the spot"), "done", day(date(2026, 11, 19))),
        Step(_("Repair"), "now", _("waiting for the crew")),
        Step(_("You confirm"), "later"),
    ]


def happenings() -> list[Happening]:
    return [
        Happening(
            _("A crew is on its way"),
            day(date(2026, 11, 20)),
            _("Two lamps will be changed; the road stays open."),
            "warning",
        ),
        Happening(_("An officer saw the place"), day(date(2026, 11, 19)), tone="info"),
        Happening(_("Your report arrived"), day(date(2026, 11, 18)), tone="success"),
    ]


def table() -> Table:
    return Table(
        _("Matters that wait"),
        [
            Column(_("Matter")),
            Column(_("Village")),
            Column(_("Received on")),
            Column(_("Days"), numeric=True),
        ],
        [
            Row(
                [_("Street light out"), _("Village 3 (example)"), day(date(2026, 11, 18)), "3"], "#"
            ),
            Row(
                [_("Hole in the road"), _("Village 7 (example)"), day(date(2026, 11, 12)), "9"], "#"
            ),
            Row(
                [_("Rubbish not taken"), _("Village 1 (example)"), day(date(2026, 11, 9)), "12"],
                "#",
            ),
        ],
    )


def news() -> list[Toast]:
    return [
        Toast(_("Your answer is saved.")),
        Toast(_("The picture could not be sent. Please try again."), "danger"),
    ]


def bars() -> BarChart:
    return BarChart(
        _("Matters by topic (made-up figures)"),
        _("matters"),
        [
            Bar(_("Street light"), 42),
            Bar(_("Road or bridge"), 31),
            Bar(_("Rubbish"), 18),
            Bar(_("Water supply"), 7),
        ],
    )


def lines() -> LineChart:
    months = ("Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
    along = months if get_language() == "en" else _LAST_MONTHS
    return LineChart(
        _("Received and closed (made-up figures)"),
        _("matters"),
        along,
        [
            Line(_("Received"), (28, 34, 31, 47, 52, 39)),
            Line(_("Closed"), (22, 30, 33, 38, 49, 44)),
        ],
    )


def places() -> PlaceMap:
    return PlaceMap(
        _("Places to turn to in a flood (made-up)"),
        [
            MapPoint(_("Temple hall"), 8.5240, 99.9620, _("room for 120 people"), "#", "success"),
            MapPoint(_("School"), 8.5365, 99.9790, _("room for 200 people"), tone="success"),
            MapPoint(
                _("Low bridge"), 8.5122, 99.9840, _("closed when water is high"), tone="danger"
            ),
        ],
        [
            (8.5030, 99.9480),
            (8.5200, 99.9400),
            (8.5440, 99.9530),
            (8.5510, 99.9800),
            (8.5350, 100.0020),
            (8.5080, 99.9990),
            (8.4980, 99.9700),
        ],
    )


def citizen_places() -> list[NavItem]:
    return [
        NavItem(_("Home"), "#", "house", current=True),
        NavItem(_("Services"), "#services", "squares-four"),
        NavItem(_("My matters"), "#matters", "clipboard-text", count=2),
        NavItem(_("Contact"), "#contact", "phone"),
    ]


def desk_groups() -> list[NavGroup]:
    return [
        NavGroup(
            "",
            [
                NavItem(_("Work for me"), "#", "tray", current=True, count=7),
                NavItem(_("Complaints"), "#complaints", "megaphone", count=3),
                NavItem(_("Bookings"), "#bookings", "calendar-check"),
            ],
        ),
        NavGroup(
            _("The place"),
            [
                NavItem(_("People and households"), "#people", "users-three"),
                NavItem(_("Map"), "#map", "map-trifold"),
                NavItem(_("Figures"), "#figures", "chart-bar"),
            ],
        ),
        NavGroup(_("The house"), [NavItem(_("Settings"), "#settings", "gear")]),
    ]
