"""
``python -m benchmarks [part …]``: measures, and prints one JSON object a part.

The exit code is 0 when every limit held.
"""

import argparse
import json
import os
import subprocess
import sys

from benchmarks.options import Options, Part, where_and_how
from benchmarks.parts import audit, choose, laos, memory, start, web
from nayu.project.cli import answered

PARTS: dict[str, Part] = {
    "web": web.measure,
    "choose": choose.measure,
    "memory": memory.measure,
    "start": start.measure,
    "laos": laos.measure,
    "audit": audit.measure,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3, help="in which the pages take turns")
    parser.add_argument("--connections", type=int, default=8, help="that wrk keeps busy")
    parser.add_argument("--laos", type=int, default=7850, help="that make a whole country")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 3], help="to choose of")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4], help="to choose of")
    return parser


def _alone(name: str, options: Options) -> int:
    """:returns: the exit code."""
    result = {"part": name, **where_and_how(options), **PARTS[name](options)}
    result["load_at_end"] = [round(load, 2) for load in os.getloadavg()]
    print(json.dumps(result, indent=1, ensure_ascii=False), flush=True)
    return 0 if result["holds"] else 1


def main(words: list[str]) -> int:
    parser = _parser()
    given = vars(parser.parse_args(words))
    parts = given.pop("parts") or list(PARTS)
    for name in parts:
        if name not in PARTS:
            parser.error(f"there is no part {name}; there are {', '.join(PARTS)}")
    if len(parts) == 1:
        lists = {name: tuple(given[name]) for name in ("processes", "threads")}
        return answered(lambda: _alone(parts[0], Options(**{**given, **lists})))
    # Each in a process of its own, because Django can be set up only once.
    told = [word for word in words if word not in parts]
    codes = [
        subprocess.run([sys.executable, "-m", "benchmarks", name, *told], check=False).returncode
        for name in parts
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
