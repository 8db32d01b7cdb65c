"""``nayu check``: whether this installation may start."""

import argparse
import sys

from nayu.project.check import ERROR, Problem, problems
from nayu.project.installation import database
from nayu.project.sentences import both

HELP = (
    "ตรวจว่าระบบพร้อมและปลอดภัยพอที่จะเริ่มทำงาน (สิทธิ์ฐานข้อมูล ความลับ นาฬิกา ดิสก์)",
    "Check that Nayu may start: database role, secrets, clock, disk",
)
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(arguments: argparse.Namespace) -> int:
    del arguments
    with database("app"):
        return _tell(problems())


def _tell(found: list[Problem]) -> int:
    for problem in found:
        mark = "✗" if problem.level == ERROR else "!"
        print(f"{mark} {both(problem.sentence)}", file=sys.stderr)
    if any(problem.level == ERROR for problem in found):
        return FAILED
    print("พร้อมเริ่มทำงาน · Ready to start.")
    return 0
