"""Every view is guarded by a right, or is open for a reason that somebody wrote down."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver

from nayu.kernel.permissions import right_of


def views(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def name_of(view: Any) -> str:
    """``nayu.doors.views.home``; a class-based view by its class."""
    named = getattr(view, "view_class", view)
    return f"{named.__module__}.{named.__qualname__}"


def views_are_guarded(
    patterns: Sequence[URLPattern | URLResolver], open_to_all: Mapping[str, str]
) -> list[str]:
    """:param open_to_all: name of a view → why it needs no right."""
    names = {name_of(view): view for view in views(patterns)}
    unguarded = {name for name, view in names.items() if right_of(view) is None}
    return sorted(
        [
            *(f"{name} asks for no right" for name in unguarded - set(open_to_all)),
            *(f"{name} is called open, but is not" for name in set(open_to_all) - unguarded),
            *(f"{name} is open without a reason" for name, why in open_to_all.items() if not why),
        ]
    )
