"""Who listens to which event, by names that stay the same when files move inside a module."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.apps import apps

from nayu.kernel.events.shapes import BadEvent, Event, shape

E_contra = TypeVar("E_contra", bound=Event, contravariant=True)
E = TypeVar("E", bound=Event)


class Listens(Protocol[E_contra]):
    """What ``subscribers.py`` holds: called in the event's scope and in one transaction."""

    __name__: str

    def __call__(self, event: E_contra, /, *, now: datetime) -> None: ...


class UnknownSubscriber(Exception):
    """A job names a subscriber that no installed module has, or that listens to something else."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    name: str
    event_class: type[Event]
    function: Listens[Any]


_known: dict[str, Subscriber] = {}
_by_event: dict[type[Event], list[Subscriber]] = {}


def name_of(thing: type[Event] | Listens[Any]) -> str:
    """
    ``complaints.ComplaintResolved``: the label of the installed app and the name in it.

    :raises BadEvent: it is defined in no installed app.
    """
    app = apps.get_containing_app_config(thing.__module__)
    if app is None:
        raise BadEvent(f"{thing.__module__}.{thing.__name__} is in no installed app")
    return f"{app.label}.{thing.__name__}"


def subscriber(event_class: type[E]) -> Callable[[Listens[E]], Listens[E]]:
    """
    Listen to an event; its module's ``subscribers.py`` is imported at start.

    :raises BadEvent: the class cannot travel, or the name is taken.
    """
    shape(event_class)

    def register(function: Listens[E]) -> Listens[E]:
        name = name_of(function)
        if name in _known:
            raise BadEvent(f"two subscribers are called {name}")
        _known[name] = Subscriber(name, event_class, function)
        _by_event.setdefault(event_class, []).append(_known[name])
        return function

    return register


def listeners(event_class: type[Event]) -> tuple[Subscriber, ...]:
    return tuple(_by_event.get(event_class, ()))


def subscriber_named(name: str, *, event: str) -> Subscriber:
    """:raises UnknownSubscriber: nobody of that name listens to the event of that name."""
    known = _known.get(name)
    if known is None:
        raise UnknownSubscriber(f"no installed module has the subscriber {name}")
    if name_of(known.event_class) != event:
        raise UnknownSubscriber(f"{name} does not listen to {event}")
    return known
