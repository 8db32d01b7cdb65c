"""Where the component tags are registered, and what they have in common."""

from collections.abc import Collection

from django import template

register = template.Library()


class WrongComponent(Exception):
    """A template asks for something that the design does not have."""


def one_of(name: str, value: str, known: Collection[str]) -> str:
    """:raises WrongComponent: the value is none of the known ones."""
    if value not in known:
        raise WrongComponent(f"{name}={value!r} is none of {', '.join(sorted(known))}")
    return value
