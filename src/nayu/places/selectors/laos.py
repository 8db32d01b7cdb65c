"""Reads of places: which LAO is where."""

import time
from dataclasses import dataclass

from nayu.places.models import Lao

#: Seconds for which a process believes what it read.
_LIFE = 30.0
#: Shorter where the answer hangs on how many LAOs there are, or on one that is being made.
_SHORT_LIFE = 2.0
#: More hosts than LAOs in the country; beyond it somebody is inventing them.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    lao: Lao | None
    until: float


_known: dict[str, _Known] = {}


def lao_at(host: str) -> Lao | None:
    """
    The LAO that answers at a host (lower case, no port); a lone LAO answers at every host.

    Remembered for a moment, so that a request does not cost a query.
    """
    now = time.monotonic()
    known = _known.get(host)
    if known is None or known.until <= now:
        if len(_known) >= _MOST:
            _known.clear()
        known = _known[host] = _look_up(host, now)
    return known.lao


def forget_hosts() -> None:
    """For whoever adds or moves an LAO and wants this process to know at once."""
    _known.clear()


def _look_up(host: str, now: float) -> _Known:
    located = Lao.objects.select_related("subdistrict__district__province")
    lao = located.filter(host=host).first()
    if lao is not None:
        return _Known(lao, now + _LIFE)
    two = list(located.order_by("pk")[:2])
    return _Known(two[0] if len(two) == 1 else None, now + _SHORT_LIFE)


def all_laos() -> list[Lao]:
    """Every LAO of the installation, by code."""
    return list(Lao.objects.order_by("code"))
