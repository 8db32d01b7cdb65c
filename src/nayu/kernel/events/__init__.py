"""
Events: how a module tells those above it what became true.

A service announces in the transaction of its change; every subscriber is called later by a worker,
in the scope of the event's LAO, in a transaction of its own, with one effect however often it is
tried::

    events.announce(ComplaintResolved(lao_id=complaint.lao_id, complaint_id=complaint.pk))

    @events.subscriber(ComplaintResolved)
    def close_the_loop(event: ComplaintResolved, *, now: datetime) -> None: ...
"""

from nayu.kernel.events.announcing import announce
from nayu.kernel.events.delivering import deliver
from nayu.kernel.events.numbers import Numbers, numbers
from nayu.kernel.events.registry import UnknownSubscriber, subscriber
from nayu.kernel.events.shapes import BadEvent, Event

__all__ = [
    "BadEvent",
    "Event",
    "Numbers",
    "UnknownSubscriber",
    "announce",
    "deliver",
    "numbers",
    "subscriber",
]
