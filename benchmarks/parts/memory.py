"""PSS of web, worker, database and supervisor: idle, and after work of every kind."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

from benchmarks import house
from benchmarks.family import by_kind, each, memory
from benchmarks.measuring import loaded
from benchmarks.options import Options, Result
from benchmarks.parts.web import PAGES
from benchmarks.wrk import Page

MOST_MB = 300
_ANNOUNCE = Page("/bench/announce", method="POST", body="label=shelf")


def measure(options: Options) -> Result:
    with house.folder() as data:
        house.fill(data, laos=3)
        with house.serving(data) as served:
            # Both web processes and the worker have settled.
            sleep(options.seconds)
            idle = memory(served.pid)
            work = [loaded(served.pid, served.port, page, options) for page in PAGES.values()]
            under_load, worst = _under_load(served, options)
            parts = {
                kind: [f"{mb} {title}" for title, mb in each(processes)]
                for kind, processes in by_kind(served.pid).items()
            }
    errors = sum(figures["errors"] for figures in [*work, worst])
    return {
        "idle_pss_mb": idle,
        "loaded_pss_mb": under_load,
        "loaded_processes": parts,
        "errors": errors,
        "limits": {"total_pss_mb": MOST_MB, "errors": 0},
        "holds": max(idle["total"], under_load["total"]) <= MOST_MB and not errors,
    }


def _under_load(
    served: house.Served, options: Options
) -> tuple[dict[str, float], dict[str, float]]:
    """Looked at while web and worker are both busy; the largest total counts."""
    longer = replace(options, seconds=2 * options.seconds)
    seen = []
    with ThreadPoolExecutor(1) as pool:
        load = pool.submit(loaded, served.pid, served.port, _ANNOUNCE, longer)
        while not load.done():
            sleep(options.seconds / 3)
            seen.append(memory(served.pid))
    return max(seen, key=lambda found: found["total"]), load.result()
