"""``nayu migrate``."""

import argparse

from nayu.project import preparing
from nayu.project.installation import database
from nayu.project.terminal import step

HELP = (
    "สร้างหรือปรับตารางในฐานข้อมูลให้ตรงกับรุ่นนี้",
    "Bring the tables of the database up to this version.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(arguments: argparse.Namespace) -> int:
    del arguments
    with database("owner"), step("ปรับฐานข้อมูลแล้ว", "The tables are up to date."):
        preparing.migrate()
    return 0
