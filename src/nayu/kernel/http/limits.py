"""
How much one address, one person or one number may ask of a door.

A village can sit behind one address, so addresses get generous allowances; what is strict is the
person who signed in and the number being guessed or called. Hits go through their own connection
and survive whatever happens to the request.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_network
from math import ceil
from typing import Any, TypeVar, cast

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nayu.kernel.errors import Refused
from nayu.kernel.http import metrics
from nayu.kernel.http.address import client_address
from nayu.kernel.http.request import LaoRequest
from nayu.kernel.permissions import Guest

View = TypeVar("View", bound=Callable[..., HttpResponse])

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_MINUTE = 60
_HOUR = 3600
#: One home gets a /64 of IPv6; its addresses are as good as one.
_HOME_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """``times`` at once, and again one each time that ``per / times`` has passed."""

    times: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    address: Allowance | None
    actor: Allowance | None
    subject: Allowance | None


class LimitDeclaredTwice(Exception):
    """Two rules of one name would share their buckets."""


class TooMany(Refused):
    sentence = _("This was done too many times in a short while. Please wait and try again.")
    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.seconds = max(1, ceil(wait.total_seconds()))

    def __str__(self) -> str:
        if self.seconds < _HOUR:
            minutes = ceil(self.seconds / _MINUTE)
            return ngettext(
                "This was done too many times in a short while."
                " Please wait %(count)d minute and try again.",
                "This was done too many times in a short while."
                " Please wait %(count)d minutes and try again.",
                minutes,
            ) % {"count": minutes}
        hours = ceil(self.seconds / _HOUR)
        return ngettext(
            "This was done too many times in a short while."
            " Please wait %(count)d hour and try again.",
            "This was done too many times in a short while."
            " Please wait %(count)d hours and try again.",
            hours,
        ) % {"count": hours}


_known: dict[str, Limit] = {}


def limit(
    name: str,
    *,
    address: Allowance | None = None,
    actor: Allowance | None = None,
    subject: Allowance | None = None,
) -> Limit:
    """
    Declare a rule, at import time.

    :param actor: of each person who signed in; guests are counted by their address.
    :param subject: of each number, ticket or the like that the view hands over.
    :raises LimitDeclaredTwice: the name is taken.
    """
    if name in _known:
        raise LimitDeclaredTwice(name)
    _known[name] = Limit(name, address, actor, subject)
    return _known[name]


def known_limits() -> tuple[Limit, ...]:
    return tuple(_known.values())


def rate_limited(rule: Limit, *, reads: bool = False) -> Callable[[View], View]:
    """Count each write (``reads``: each visit) against the rule before the view begins."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: LaoRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            if reads or request.method not in _READS:
                spend(request, rule, now=timezone.now())
            return view(request, *args, **kwargs)

        return cast("View", counted)

    return decorate


def spend(request: LaoRequest, rule: Limit, *, now: datetime, subject: str = "") -> None:
    """
    Count one hit; one statement for each allowance of the rule.

    :param subject: what the rule's subject allowance counts, e.g. a telephone number.
    :raises TooMany: one of them is used up; the hit that found out is not counted.
    """
    waits = [hit(key, allowance, now=now) for key, allowance in _buckets(request, rule, subject)]
    longest = max((wait for wait in waits if wait is not None), default=None)
    metrics.rate_limit_hits.labels(rule.name, "counted" if longest is None else "refused").inc()
    if longest is not None:
        raise TooMany(longest)


def _buckets(request: LaoRequest, rule: Limit, subject: str) -> Iterator[tuple[str, Allowance]]:
    lao_id = None if request.lao is None else request.lao.pk
    if rule.address is not None:
        yield bucket_key(rule.name, lao_id, "address", _home(request)), rule.address
    if rule.actor is not None and not isinstance(request.actor, Guest):
        yield bucket_key(rule.name, lao_id, "actor", request.actor.code), rule.actor
    if rule.subject is not None and subject:
        yield bucket_key(rule.name, lao_id, "subject", subject), rule.subject


def _home(request: HttpRequest) -> str:
    address = client_address(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOME_PREFIX), strict=False))
    return str(address)


def bucket_key(*parts: str | int | None) -> str:
    """Names a bucket without keeping whose it is."""
    named = json.dumps(parts)
    return salted_hmac("nayu.kernel.http.limits", named, algorithm="sha256").hexdigest()


# A clock set back would leave buckets that are full for hours: none is ever fuller than full.
_HIT = """
INSERT INTO kernel_ratebucket AS bucket (key, empty_at, refused)
VALUES (%(key)s, %(one)s, false)
ON CONFLICT (key) DO UPDATE SET (empty_at, refused) = (
    SELECT CASE WHEN more <= %(full)s THEN more ELSE LEAST(bucket.empty_at, %(full)s) END,
           more > %(full)s
    FROM (SELECT GREATEST(bucket.empty_at, %(now)s) + (%(one)s - %(now)s) AS more) AS after
)
RETURNING refused, empty_at
"""


def hit(key: str, allowance: Allowance, *, now: datetime) -> timedelta | None:
    """How long to wait; ``None`` when the hit was within the allowance and counted."""
    step = allowance.per / allowance.times
    full = now + allowance.per
    with connections["apart"].cursor() as cursor:
        cursor.execute(_HIT, {"key": key, "now": now, "one": now + step, "full": full})
        refused, empty_at = cursor.fetchone()
    return empty_at + step - full if refused else None
