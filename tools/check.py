#!/usr/bin/env python3
"""
Every check of the house, one line each; all of them run, and the end names those that failed.

``python tools/check.py`` runs all, ``python tools/check.py types map`` only those. The tools are
those of the Python that runs this file.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tests.settings",
    "PYTHONPATH": "src:.",
    # As a real installation: what only the demo may leave out counts.
    "NAYU_DEMO": "0",
    # No check asks a database, least of all the one of whoever runs it.
    "DATABASE_URL": "host=/nowhere dbname=none user=none password=none",
}
_DJANGO = ("python", "-W", "ignore::RuntimeWarning", "-m", "django")

CHECKS: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "contracts": ("lint-imports", "--no-logo"),
    "patterns": ("ast-grep", "scan", "--error"),
    "patterns-bite": ("ast-grep", "test", "--skip-snapshot-tests"),
    "templates": ("djhtml", "--check", "src"),
    "migrations": (*_DJANGO, "makemigrations", "--check", "--dry-run"),
    "deployment": (*_DJANGO, "check", "--deploy", "--fail-level", "WARNING"),
    "map": ("python", "tools/map.py", "--check"),
    "settings": ("python", "tools/settings_table.py", "--check"),
    "house": ("pytest", "-q", "-p", "no:cacheprovider", "tests/architecture/test_house.py"),
}


def run(name: str) -> bool:
    """Whether the check passed; what it said is printed only when it did not."""
    program, *arguments = CHECKS[name]
    started = time.monotonic()
    done = subprocess.run(
        [TOOLS / program, *arguments],
        cwd=ROOT,
        env={**os.environ, **_ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    seconds = time.monotonic() - started
    print(f"{'ok  ' if passed else 'FAIL'} {name:<14} {seconds:5.1f} s", flush=True)
    if not passed:
        print(done.stdout, flush=True)
    return passed


def main(names: list[str]) -> int:
    """0 when all passed, 1 when one did not, 2 for a check that does not exist."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No check is called {', '.join(unknown)}; there are {', '.join(CHECKS)}.")
        return 2
    failed = [name for name in names or CHECKS if not run(name)]
    if failed:
        print(f"Failed: {', '.join(failed)}. Again: python tools/check.py {' '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
