"""One page under load: what it cost and how long it took."""

from collections.abc import Iterable, Mapping
from statistics import median

from benchmarks.family import cpu_seconds
from benchmarks.options import Options, Result
from benchmarks.wrk import Page, drive

Figures = dict[str, float]


def loaded(pid: int, port: int, page: Page, options: Options) -> Figures:
    """:param pid: whose family's CPU is counted, database included."""
    before = cpu_seconds(pid)
    seen = drive(port, page, seconds=options.seconds, connections=options.connections)
    spent = cpu_seconds(pid) - before
    return {
        "requests_per_s": seen.requests / seen.seconds,
        "cpu_ms": 1000 * spent / max(1, seen.requests),
        "p50_ms": seen.p50_ms,
        "p95_ms": seen.p95_ms,
        "p99_ms": seen.p99_ms,
        "errors": seen.errors,
    }


def medians(rounds: Iterable[Mapping[str, float]]) -> Result:
    """Of each figure; errors are added up."""
    found = list(rounds)
    return {
        name: sum(one[name] for one in found)
        if name == "errors"
        else round(median(one[name] for one in found), 3)
        for name in found[0]
    }
