"""What things stand on, and what is said between them."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nayu.kernel.components.library import one_of, register
from nayu.kernel.components.values import Toast

#: Each tone has its icon, because colour alone says nothing to many.
TONES = {
    "neutral": "circle-bold",
    "info": "info-bold",
    "success": "check-circle-bold",
    "warning": "warning-bold",
    "danger": "warning-octagon-bold",
}
_WORDS = {
    "neutral": _("Note"),
    "info": _("Please note"),
    "success": _("Done"),
    "warning": _("Please take care"),
    "danger": _("There is a problem"),
}
_LEVELS = ("2", "3", "4")


@register.simple_block_tag
def card(
    content: SafeString,
    *,
    title: str = "",
    href: str = "",
    icon: str = "",
    level: int = 2,
    anchor: str = "",
) -> SafeString:
    """
    :param href: the whole card leads there; its content then holds no other link.
    :param level: of its heading.
    """
    values = {
        "content": content,
        "title": title,
        "href": href,
        "icon": icon,
        "heading": f"h{one_of('level', str(level), _LEVELS)}",
        "anchor": anchor,
    }
    return render_to_string("kernel/components/card.html", values)


@register.simple_block_tag
def notice(content: SafeString, *, tone: str = "info", title: str = "") -> SafeString:
    """:param title: unset = the tone's own words."""
    values = {
        "content": content,
        "tone": one_of("tone", tone, TONES),
        "icon": TONES[tone],
        "title": title or _WORDS[tone],
    }
    return render_to_string("kernel/components/notice.html", values)


@register.inclusion_tag("kernel/components/tag.html")
def tag(label: str, *, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A state in a word and an icon."""
    return {"label": label, "tone": one_of("tone", tone, TONES), "icon": icon or TONES[tone]}


@register.inclusion_tag("kernel/components/badge.html")
def badge(count: int, *, label: str) -> dict[str, Any]:
    """:param label: what is counted, for those who hear the page."""
    return {"count": count, "label": label}


@register.inclusion_tag("kernel/components/empty.html")
def empty(
    title: str,
    *,
    sentence: str = "",
    icon: str = "plant-duotone",
    action: str = "",
    href: str = "",
) -> dict[str, Any]:
    return {"title": title, "sentence": sentence, "icon": icon, "action": action, "href": href}


@register.inclusion_tag("kernel/components/skeleton.html")
def skeleton(*, lines: int = 3) -> dict[str, Any]:
    """The place of something that is still on its way."""
    return {"lines": range(lines)}


@register.inclusion_tag("kernel/components/toasts.html")
def toasts(messages: Sequence[Toast] = ()) -> dict[str, Any]:
    """Where short news appear; one a page, and spoken when they come."""
    return {"toasts": [(message, TONES[message.tone]) for message in messages], "icons": TONES}
