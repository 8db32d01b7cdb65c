"""Pieces of pages about the LAO in scope, for the pages in ``doors``."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nayu.places.models import ContactPoint, Lao
from nayu.places.selectors.addresses import address_en, address_th
from nayu.places.selectors.calendar import working_calendar
from nayu.places.selectors.lists import Listed, contacts, villages_on
from nayu.places.selectors.working_time import THAILAND, Span

_ON_THE_FIRST_PAGE = (ContactPoint.Kind.PHONE, ContactPoint.Kind.EMAIL, ContactPoint.Kind.LINE)
#: Longer is a short code of the state, which stands among the emergency numbers.
_SHORT_CODE = 4


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach the office: ``label`` may be empty."""

    label: str
    shown: str
    href: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class HeldPlace:
    moo: int
    name: str
    is_demo: bool


def office(lao: Lao, *, now: datetime) -> SafeString:
    """Where the office is, how to reach it, and whether it is open; five queries."""
    calendar = working_calendar()
    today = now.astimezone(THAILAND).date()
    context = {
        "address": _in_language(address_th(lao), address_en(lao)),
        "ways": [_way(found) for found in contacts() if _is_for_the_first_page(found)],
        "today": ", ".join(map(_clock, calendar.spans(today))),
        "is_open": calendar.is_open(now),
    }
    return render_to_string("places/office.html", context)


def villages(*, now: datetime) -> SafeString:
    """Which villages the LAO looks after today; one query."""
    held = villages_on(now.astimezone(THAILAND).date())
    context = {
        "villages": [
            HeldPlace(one.moo, _in_language(one.name_th, one.name_en or one.name_th), one.is_demo)
            for one in held
        ]
    }
    return render_to_string("places/villages.html", context)


def _in_language(thai: str, english: str) -> str:
    return english if get_language() == "en" else thai


def _is_for_the_first_page(found: Listed) -> bool:
    return found.kind in _ON_THE_FIRST_PAGE and len(found.shown) > _SHORT_CODE


def _way(found: Listed) -> Way:
    label = _in_language(found.label_th, found.label_en)
    return Way(label, found.shown, found.href, found.is_demo)


def _clock(span: Span) -> str:
    return str(span)
