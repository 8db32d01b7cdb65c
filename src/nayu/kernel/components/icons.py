"""Icons out of the one sprite that the front-end build makes."""

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nayu.kernel.components.library import one_of, register

LIST = Path(__file__).resolve().parent.parent / "static" / "kernel" / "icons.json"


@cache
def known_icons() -> frozenset[str]:
    """The names in the list that the build reads too."""
    return frozenset(json.loads(LIST.read_text()))


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """
    An icon of the sprite, as large as the letters beside it.

    :param label: its meaning, where no word stands beside it; without one it is decoration.
    """
    one_of("icon", name, known_icons())
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            static("dist/icons.svg"),
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("dist/icons.svg"),
        name,
    )
