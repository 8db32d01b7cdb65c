"""How people find their way."""

from collections.abc import Sequence
from typing import Any

from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nayu.kernel.components.library import WrongComponent, register
from nayu.kernel.components.values import Choice, Link, NavGroup, NavItem

_PANELS = "components.tabs"


@register.inclusion_tag("kernel/components/breadcrumb.html")
def breadcrumb(links: Sequence[Link], here: str) -> dict[str, Any]:
    """:param links: from the first page downwards, without this one."""
    return {"links": links, "here": here}


@register.inclusion_tag("kernel/components/search_field.html")
def search_field(
    *,
    label: str,
    action: str = "",
    name: str = "q",
    value: str = "",
    hint: str = "",
    shortcut: str = "",
) -> dict[str, Any]:
    """:param shortcut: the key that leads here."""
    return {
        "label": label,
        "action": action,
        "name": name,
        "value": value,
        "hint": hint,
        "shortcut": shortcut,
    }


@register.inclusion_tag("kernel/components/tab_bar.html")
def tab_bar(items: Sequence[NavItem]) -> dict[str, Any]:
    """The places of the citizen, under the thumb on a phone."""
    return {"items": items}


@register.inclusion_tag("kernel/components/side_nav.html")
def side_nav(groups: Sequence[NavGroup], *, label: str) -> dict[str, Any]:
    return {"groups": groups, "label": label}


@register.inclusion_tag("kernel/components/choice_bar.html")
def choice_bar(choices: Sequence[Choice], *, label: str, what: str = "plain") -> dict[str, Any]:
    """A few links of which one is chosen. :param what: lets the style know the kind of choice."""
    return {"choices": choices, "label": label, "what": what}


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: SafeString, *, label: str) -> SafeString:
    """Panels made by ``tab``; without JavaScript they stand below each other."""
    if not (panels := context.render_context.get(_PANELS)):
        raise WrongComponent("tabs without a tab")
    # The next tabs of the page begin their own list.
    context.render_context[_PANELS] = []
    values = {"content": content, "label": label, "panels": panels}
    return render_to_string("kernel/components/tabs.html", values)


@register.simple_block_tag(takes_context=True)
def tab(context: Context, content: SafeString, *, anchor: str, label: str) -> SafeString:
    panels = context.render_context.get(_PANELS) or []
    context.render_context[_PANELS] = [*panels, {"anchor": anchor, "label": label}]
    values = {
        "content": content,
        "anchor": anchor,
        "label": label,
    }
    return render_to_string("kernel/components/tab.html", values)
