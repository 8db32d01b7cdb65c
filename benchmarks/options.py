"""What a run is told, and what every result says about where it was measured."""

import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Options:
    """
    :param seconds: of each single measurement.
    :param rounds: the pages take turns so often, so that what else the machine does strikes all.
    :param connections: of wrk, kept busy all the time.
    :param laos: how many make a whole country.
    """

    seconds: float
    rounds: int
    connections: int
    laos: int
    processes: tuple[int, ...]
    threads: tuple[int, ...]


Result: TypeAlias = dict[str, Any]
Part: TypeAlias = Callable[[Options], Result]


def where_and_how(options: Options) -> Result:
    """Above a load of about 0.5 a core the machine had other work: trust CPU and ratios only."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_at_start": [round(load, 2) for load in os.getloadavg()],
        "options": asdict(options),
    }
