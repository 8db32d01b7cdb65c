"""``nayu restore``: an empty machine becomes the one that was backed up."""

import argparse
from pathlib import Path

from nayu.project.installation import in_database

HELP = (
    "กู้คืนข้อมูลจากไฟล์สำรองลงในเครื่องที่ยังว่างเปล่า",
    "Restore a backup on an empty machine",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="ไฟล์สำรอง | the backup")
    parser.add_argument(
        "--identity",
        type=Path,
        metavar="FILE",
        help="ไฟล์กุญแจที่เปิดไฟล์สำรอง | file with the age identity that opens the backup",
    )
    parser.add_argument(
        "--lose-sealed",
        action="store_true",
        help="กู้คืนแม้ไม่มีกุญแจหลัก ช่องที่เข้ารหัสจะอ่านไม่ได้ตลอดไป"
        " | go on without the master keys: sealed fields can never be read",
    )


def run(arguments: argparse.Namespace) -> int:
    return in_database("owner", "nayu.project.backup.at_terminal.restore", arguments)
