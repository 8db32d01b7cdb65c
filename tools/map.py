#!/usr/bin/env python3
"""
Draws the arrows between rooms that really are in the imports, into ``docs/map.md``.

A new arrow is a line in a diff. ``--check`` writes nothing and fails when the drawing is stale.
"""

import sys
from collections import defaultdict
from pathlib import Path

import grimp

HOUSE = "nayu"
#: Everybody leans on the ground, and what starts the house leans on everybody: told, not counted.
GROUND = "kernel"
START = "project"
BUDGET = 60
FILE = Path(__file__).resolve().parent.parent / "docs" / "map.md"

#: Importer, imported → the files through which the importer looks, e.g. {"api"}.
Arrows = dict[tuple[str, str], set[str]]


def arrows_of(graph: grimp.ImportGraph) -> Arrows:
    """Arrows between the packages of the house; tests do not count."""
    found: Arrows = defaultdict(set)
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            _, room, *inside = [*importer.split("."), ""]
            _, target, *part = [*imported.split("."), ""]
            if room and target and room != target and "tests" not in inside:
                found[room, target].add(part[0] or "itself")
    return dict(found)


def counted(arrows: Arrows) -> list[tuple[str, str]]:
    return sorted(pair for pair in arrows if pair[1] != GROUND and pair[0] != START)


def drawing(arrows: Arrows, rooms: list[str]) -> str:
    """The whole page, the same for the same imports."""
    between = counted(arrows)
    return "\n".join(
        [
            "# The map",
            "",
            "Written by `make map` from the imports; do not edit.",
            "",
            f"Arrows between rooms: **{len(between)} of at most {BUDGET}**. Everybody may lean on",
            f"`{GROUND}`, and `{START}` starts everything; those arrows are told, not counted.",
            "",
            "```mermaid",
            "graph TD",
            *(f"    {room}" for room in rooms if room not in {GROUND, START}),
            *(f"    {room} --> {target}" for room, target in between),
            "```",
            "",
            "| from | to | through | counts |",
            "|---|---|---|---|",
            *(_row(arrows, pair, counts=pair in between) for pair in sorted(arrows)),
            "",
        ]
    )


def _row(arrows: Arrows, pair: tuple[str, str], *, counts: bool) -> str:
    through = ", ".join(sorted(arrows[pair]))
    return f"| {pair[0]} | {pair[1]} | {through} | {'yes' if counts else 'no'} |"


def main(arguments: list[str]) -> int:
    graph = grimp.build_graph(HOUSE, cache_dir=None)
    rooms = sorted(room.rpartition(".")[2] for room in graph.find_children(HOUSE))
    arrows = arrows_of(graph)
    page = drawing(arrows, rooms)
    if len(counted(arrows)) > BUDGET:
        print(f"{len(counted(arrows))} arrows between rooms, {BUDGET} are allowed.")
        return 1
    if "--check" not in arguments:
        FILE.write_text(page, "utf-8")
    elif not FILE.exists() or FILE.read_text("utf-8") != page:
        print("docs/map.md is not what the imports say; `make map` writes it anew.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
