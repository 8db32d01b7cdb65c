"""What a request costs in the whole stack, beside the least that it could cost."""

from pathlib import Path
from statistics import median

from benchmarks import bare, house, raw
from benchmarks.family import by_kind
from benchmarks.measuring import Figures, loaded, medians
from benchmarks.options import Options, Result
from benchmarks.wrk import Page, must_answer
from nayu.project import env
from nayu.project.installation import Installation

_LAOS = 3
PAGES = {
    "hello": Page("/bench/hello"),
    "hello_without_scope": Page("/bench/without/hello"),
    "place": Page("/bench/place"),
    "place_without_scope": Page("/bench/without/place"),
    "row": Page("/bench/row"),
    "list": Page("/bench/list"),
    "write": Page("/bench/write", method="POST", body="label=shelf"),
    "first_page": Page("/"),
}
_BARE = "bare_hello"
_RAW = "raw_sql"


def measure(options: Options) -> Result:
    with house.folder() as data:
        house.fill(data, laos=_LAOS)
        with house.serving(data) as served, bare.serving() as (bare_pid, bare_port):
            for page in PAGES.values():
                must_answer(served.port, page)
            rounds = [
                _round(data, served, bare_pid, bare_port, options) for _ in range(options.rounds)
            ]
    found = {name: medians(one[name] for one in rounds) for name in rounds[0]}
    errors = sum(figures.get("errors", 0) for figures in found.values())
    return {
        "server": {"processes": env.WEB_PROCESSES.number(), "threads": env.WEB_THREADS.number()},
        "pages": found,
        "cpu_ratios": {
            "hello_to_bare_hello": _ratio(rounds, "hello", _BARE),
            "row_to_raw_sql": _ratio(rounds, "row", _RAW),
            "list_to_raw_sql": _ratio(rounds, "list", _RAW),
        },
        "scope_cost_us": {
            "no_query": _difference_us(rounds, "hello"),
            "one_query": _difference_us(rounds, "place"),
        },
        "errors": errors,
        "limits": {"errors": 0},
        "holds": errors == 0,
    }


def _round(
    data: Path, served: house.Served, bare_pid: int, bare_port: int, options: Options
) -> dict[str, Figures]:
    database = by_kind(served.pid)["database"][0].pid
    url = Installation(data).environment("app")[env.DATABASE_URL.name]
    return {
        _BARE: loaded(bare_pid, bare_port, Page("/hello"), options),
        _RAW: raw.asked(url, database, options.seconds),
        **{name: loaded(served.pid, served.port, page, options) for name, page in PAGES.items()},
    }


def _ratio(rounds: list[dict[str, Figures]], one: str, other: str) -> float:
    return round(median(found[one]["cpu_ms"] / found[other]["cpu_ms"] for found in rounds), 2)


def _difference_us(rounds: list[dict[str, Figures]], page: str) -> float:
    """CPU that scope and transaction add to a request, in microseconds."""
    pairs = ((found[page], found[f"{page}_without_scope"]) for found in rounds)
    return round(1000 * median(with_["cpu_ms"] - without["cpu_ms"] for with_, without in pairs))
