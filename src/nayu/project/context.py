"""What every page may say."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nayu.kernel.appearance import appearance_of
from nayu.kernel.components.values import Choice, Text

_TEXTS: dict[str, Text] = {
    "normal": pgettext_lazy("size of letters", "Normal"),
    "large": pgettext_lazy("size of letters", "Large"),
    "largest": pgettext_lazy("size of letters", "Very large"),
}
_THEMES: dict[str, Text] = {
    "auto": _("As on my device"),
    "light": pgettext_lazy("colours of the page", "Light"),
    "dark": pgettext_lazy("colours of the page", "Dark"),
}


def demo(request: HttpRequest) -> dict[str, bool]:
    """A demonstration says so on every page: it bears the names of real places."""
    del request
    return {"demo": settings.DEMO}


def shell(request: HttpRequest) -> dict[str, Any]:
    """
    What the shells need: the place, how it is read, and how that can be changed.

    Asked for before the host is known (a problem page), there is no place.
    """
    return {
        "lao": request.__dict__.get("lao"),
        "appearance": appearance_of(request),
        "reading": partial(_reading, request),
    }


def _reading(request: HttpRequest) -> dict[str, list[Choice]]:
    back = request.get_full_path()
    chosen = appearance_of(request)
    languages: dict[str, Text] = dict(settings.LANGUAGES)
    return {
        "languages": _choices("language", languages, get_language() or "", back),
        "texts": _choices("text", _TEXTS, chosen.text, back),
        "themes": _choices("theme", _THEMES, chosen.theme, back),
    }


def _choices(what: str, labels: dict[str, Text], current: str, back: str) -> list[Choice]:
    query = urlencode({"back": back})
    return [
        Choice(label, f"{reverse(f'doors:{what}', args=[code])}?{query}", code, code == current)
        for code, label in labels.items()
    ]
