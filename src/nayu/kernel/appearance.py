"""How a reader wants pages to look; kept in cookies, without script or account."""

from dataclasses import dataclass

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large", "largest")
THEME_COOKIE = "theme"
TEXT_COOKIE = "text"


@dataclass(frozen=True, slots=True)
class Appearance:
    """:param theme: ``auto`` follows the device."""

    theme: str = THEMES[0]
    text: str = TEXT_SIZES[0]


def appearance_of(request: HttpRequest) -> Appearance:
    """What was chosen before; a cookie that makes no sense counts as none."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    text = request.COOKIES.get(TEXT_COOKIE, "")
    return Appearance(
        theme if theme in THEMES else THEMES[0], text if text in TEXT_SIZES else TEXT_SIZES[0]
    )
