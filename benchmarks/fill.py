"""Fills a data folder: ``python -m benchmarks.fill --laos 22 --rows 20``."""

import argparse
import sys

from nayu.project.cli import answered
from nayu.project.installation import in_database


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laos", type=int, required=True)
    parser.add_argument("--rows", type=int, required=True)
    arguments = parser.parse_args()
    return answered(lambda: in_database("owner", "benchmarks.site.filling.fill", arguments))


if __name__ == "__main__":
    sys.exit(main())
