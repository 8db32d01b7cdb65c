"""What people press."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nayu.kernel.components.library import WrongComponent, one_of, register

KINDS = ("primary", "secondary", "quiet", "danger")
SIZES = ("s", "m", "l", "wide")
STATES = ("ready", "busy", "disabled")


@register.inclusion_tag("kernel/components/button.html")
def button(
    label: str,
    *,
    kind: str = "primary",
    size: str = "m",
    icon: str = "",
    href: str = "",
    opens: str = "",
    sends: str = "",
    state: str = "ready",
) -> dict[str, Any]:
    """
    Submits the form it stands in, unless it leads or opens.

    :param href: makes it a link that looks like a button.
    :param opens: anchor of a dialog; without JavaScript it leads to the same words in the page.
    :param sends: ``name=value``, which tells this button of a form from its neighbours.
    :param state: while ``busy`` its work is under way, and a second press does nothing.
    :raises WrongComponent: a link that sends or waits.
    """
    one_of("state", state, STATES)
    if (href or opens) and (sends or state != "ready"):
        raise WrongComponent(f"{label!r} is a link, which neither sends nor waits")
    name, _, value = sends.partition("=")
    return {
        "label": label,
        "kind": one_of("kind", kind, KINDS),
        "size": one_of("size", size, SIZES),
        "icon": icon,
        "href": f"#{opens}" if opens else href,
        "opens": opens,
        "name": name,
        "value": value,
        "state": state,
    }


@register.inclusion_tag("kernel/components/link.html")
def action_link(
    label: str, href: str, *, icon: str = "", away: bool = False, language: str = ""
) -> dict[str, Any]:
    """:param away: it leads to another house, and says so."""
    return {"label": label, "href": href, "icon": icon, "away": away, "language": language}


@register.simple_block_tag
def menu(
    content: SafeString, *, label: str, icon: str = "", align: str = "start", quiet: bool = False
) -> SafeString:
    """
    A button with a list under it; the content is made of ``menu_item``.

    :param quiet: only the icon is seen, the label is heard.
    """
    values = {
        "content": content,
        "label": label,
        "icon": icon,
        "align": one_of("align", align, ("start", "end")),
        "quiet": quiet,
    }
    return render_to_string("kernel/components/menu.html", values)


@register.inclusion_tag("kernel/components/menu_item.html")
def menu_item(
    label: str, href: str, *, icon: str = "", kind: str = "plain", current: bool = False
) -> dict[str, Any]:
    return {
        "label": label,
        "href": href,
        "icon": icon,
        "kind": one_of("kind", kind, ("plain", "danger")),
        "current": current,
    }


@register.simple_block_tag
def dialog(content: SafeString, *, anchor: str, title: str) -> SafeString:
    """A window over the page, opened by ``button … opens=id``."""
    values = {
        "content": content,
        "anchor": anchor,
        "title": title,
    }
    return render_to_string("kernel/components/dialog.html", values)
