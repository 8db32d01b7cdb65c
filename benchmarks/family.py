"""CPU and memory of a family of processes, database included."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil


def members(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """Of all that live and all that were reaped by one of them, user and system."""
    total = 0.0
    for process in members(pid):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def pss_mb(processes: Iterable[psutil.Process]) -> float:
    """Memory in MB, where a page shared by n processes counts 1/n in each."""
    return round(sum(_pss_kb(process) for process in processes) / 1024, 1)


def _pss_kb(process: psutil.Process) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def by_kind(pid: int) -> dict[str, list[psutil.Process]]:
    """The parts of a running ``nayu serve``: supervisor, web, worker, database."""
    supervisor = psutil.Process(pid)
    kinds: dict[str, list[psutil.Process]] = {"supervisor": [supervisor]}
    for child in supervisor.children():
        kinds.setdefault(_kind(child), []).extend(members(child.pid))
    return kinds


def _kind(child: psutil.Process) -> str:
    if "postgres" in " ".join(child.cmdline()):
        return "database"
    # Both are copies of one Python; only the web server has children of its own.
    return "web" if child.children() else "worker"


def memory(pid: int) -> dict[str, float]:
    """PSS in MB of each part and in total."""
    found = {kind: pss_mb(processes) for kind, processes in by_kind(pid).items()}
    return {**found, "total": round(sum(found.values()), 1)}


def each(processes: Iterable[psutil.Process]) -> Iterator[tuple[str, float]]:
    """The title of each process with its PSS in MB, for whoever looks for what to save."""
    for process in processes:
        yield " ".join(process.cmdline())[:60], pss_mb([process])
