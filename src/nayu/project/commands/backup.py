"""``nayu backup``: one encrypted file with database and media."""

import argparse
from pathlib import Path

from nayu.project.installation import in_database

HELP = (
    "สำรองข้อมูลทั้งหมดเป็นไฟล์เดียวที่เข้ารหัส (ฐานข้อมูลและไฟล์แนบ)",
    "Back up everything into one encrypted file (database and media)",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="โฟลเดอร์ปลายทาง (ปกติคือ backups ในโฟลเดอร์ข้อมูล) | folder for the file",
    )


def run(arguments: argparse.Namespace) -> int:
    return in_database("owner", "nayu.project.backup.at_terminal.back_up", arguments)
