"""How many web processes and threads: requests a second, slowest hundredth, memory."""

from itertools import product
from pathlib import Path

from benchmarks import house
from benchmarks.family import by_kind, memory, pss_mb
from benchmarks.measuring import loaded, medians
from benchmarks.options import Options, Result
from benchmarks.parts.web import PAGES
from nayu.project import env

_PAGES = ("first_page", "list", "write")


def measure(options: Options) -> Result:
    counts = list(product(options.processes, options.threads))
    with house.folder() as data:
        house.fill(data, laos=3)
        rounds = [
            [_tried(data, processes, threads, options) for processes, threads in counts]
            for _ in range(options.rounds)
        ]
    tried = [medians(turns) for turns in zip(*rounds, strict=True)]
    errors = sum(one["errors"] for one in tried)
    return {
        "defaults": {"processes": env.WEB_PROCESSES.number(), "threads": env.WEB_THREADS.number()},
        "tried": [
            {"processes": processes, "threads": threads, **found}
            for (processes, threads), found in zip(counts, tried, strict=True)
        ],
        "limits": {"errors": 0},
        "holds": errors == 0,
    }


def _tried(data: Path, processes: int, threads: int, options: Options) -> Result:
    found: Result = {"errors": 0}
    counts = {env.WEB_PROCESSES.name: str(processes), env.WEB_THREADS.name: str(threads)}
    with house.serving(data, **counts) as served:
        for name in _PAGES:
            figures = loaded(served.pid, served.port, PAGES[name], options)
            found["errors"] += figures.pop("errors")
            for figure in ("requests_per_s", "cpu_ms", "p50_ms", "p99_ms"):
                found[f"{name}_{figure}"] = figures[figure]
        found["web_pss_mb"] = pss_mb(by_kind(served.pid)["web"])
        found["total_pss_mb"] = memory(served.pid)["total"]
    return found
