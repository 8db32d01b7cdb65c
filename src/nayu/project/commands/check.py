"""``nayu check``: whether this installation may start."""

import argparse

from nayu.project.installation import in_database

HELP = (
    "ตรวจว่าระบบพร้อมและปลอดภัยพอที่จะเริ่มทำงาน (สิทธิ์ฐานข้อมูล ความลับ นาฬิกา ดิสก์)",
    "Check that Nayu may start: database role, secrets, clock, disk",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(arguments: argparse.Namespace) -> int:
    return in_database("app", "nayu.project.check.report", arguments)
