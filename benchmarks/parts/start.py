"""From a command to the first page."""

import json
import os
import time
from pathlib import Path
from statistics import median

from benchmarks import house
from benchmarks.options import Options, Result
from nayu.project.installation import Installation
from tests.running import Running, free_port, get, until

MOST_SERVE_S = 1.0
MOST_DEMO_S = 15.0


def measure(options: Options) -> Result:
    with house.folder() as data:
        # As a Nayu that ran before: its bytecode is there, and its static files are published.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(data.with_name("bytecode"))
        serve = _serves(data, options.rounds)
        demo = data.with_name("demo")
        first = _demo(demo)
        second = [_demo(demo) for _ in range(options.rounds)]
    return {
        "serve_s": _rounded(serve),
        "serve_median_s": round(median(serve), 2),
        "demo_first_s": round(first, 2),
        "demo_second_s": _rounded(second),
        "demo_second_median_s": round(median(second), 2),
        "limits": {"serve_median_s": MOST_SERVE_S, "demo_second_median_s": MOST_DEMO_S},
        "holds": median(serve) <= MOST_SERVE_S and median(second) <= MOST_DEMO_S,
    }


def _serves(data: Path, rounds: int) -> list[float]:
    house.fill(data, laos=3)
    installation = Installation(data)
    installation.server.start()
    try:
        environment = installation.environment("app")
        _serve(data, environment)
        return [_serve(data, environment) for _ in range(rounds)]
    finally:
        installation.server.stop()


def _serve(data: Path, environment: dict[str, str]) -> float:
    """Seconds from ``nayu serve`` to the first page of an LAO."""
    port = free_port()
    extra = {"NAYU_PORT": str(port), **house.SITE, **environment}
    began = time.perf_counter()
    with Running("serve", data=data, **extra) as running:
        until(lambda: house.answers(port), "the first page is served")
        spent = time.perf_counter() - began
        running.end(15)
    return spent


def _demo(data: Path) -> float:
    """Seconds from ``nayu demo`` to its first page."""
    began = time.perf_counter()
    with Running("demo", "--json", data=data) as running:
        place = json.loads(running.line())["laos"][0]
        until(lambda: get(place["port"], place["host"]).status == 200, "the first page is served")
        spent = time.perf_counter() - began
        running.end(15)
    return spent


def _rounded(seconds: list[float]) -> list[float]:
    return [round(one, 2) for one in seconds]
