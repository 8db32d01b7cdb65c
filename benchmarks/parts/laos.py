"""One LAO more, and what many LAOs do to the request of one."""

from contextlib import ExitStack
from statistics import median, quantiles

from benchmarks import house
from benchmarks.measuring import Figures, loaded, medians
from benchmarks.options import Options, Result
from benchmarks.parts.web import PAGES
from benchmarks.wrk import Page

MOST_CREATE_MS = 500
MOST_RATIO = 1.15
_SOME = 22
_PAGES = ("first_page", "row", "list", "write")


def measure(options: Options) -> Result:
    sizes = sorted({1, min(_SOME, options.laos), options.laos})
    created: list[float] = []
    with ExitStack() as stack:
        served = {}
        for size in sizes:
            data = stack.enter_context(house.folder())
            created = house.fill(data, laos=size)["create_ms"]
            served[size] = stack.enter_context(house.serving(data))
        rounds = [_round(served, options) for _ in range(options.rounds)]
    found = {
        size: {page: medians(one[size, page] for one in rounds) for page in _pages(size)}
        for size in sizes
    }
    ratios = {page: _ratio(rounds, sizes[-1], page) for page in _PAGES}
    errors = sum(figures["errors"] for pages in found.values() for figures in pages.values())
    one_ms = median(created)
    return {
        "create_one_median_ms": round(one_ms, 2),
        "create_one_p99_ms": round(quantiles(created, n=100)[-1], 2),
        "create_all_s": round(sum(created) / 1000, 1),
        "pages": {str(size): pages for size, pages in found.items()},
        "cpu_ratios_most_to_one": ratios,
        "errors": errors,
        "limits": {"create_one_ms": MOST_CREATE_MS, "cpu_ratio": MOST_RATIO, "errors": 0},
        "holds": one_ms <= MOST_CREATE_MS and max(ratios.values()) <= MOST_RATIO and not errors,
    }


def _pages(size: int) -> dict[str, Page]:
    pages = {name: PAGES[name] for name in _PAGES}
    # The same, with every LAO of the installation taking its turn.
    return pages if size == 1 else {**pages, "row_of_all_in_turn": Page("/bench/row", hosts=size)}


def _round(served: dict[int, house.Served], options: Options) -> dict[tuple[int, str], Figures]:
    """Size after size for each page, so that two figures of one ratio lie close in time."""
    found = {}
    for name in _pages(2):
        for size, house_ in served.items():
            if name in (pages := _pages(size)):
                page = pages[name]
                found[size, name] = loaded(house_.pid, house_.port, page, options)
    return found


def _ratio(rounds: list[dict[tuple[int, str], Figures]], most: int, page: str) -> float:
    """CPU of a request with that many LAOs to the same with one."""
    return round(median(one[most, page]["cpu_ms"] / one[1, page]["cpu_ms"] for one in rounds), 3)
