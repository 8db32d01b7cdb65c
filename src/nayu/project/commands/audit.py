"""``nayu audit``: check the chains, take them out, print the heads that are kept elsewhere."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nayu.kernel.audit import verify
from nayu.project.installation import in_database

HELP = (
    "ตรวจสายโซ่บันทึกการใช้งาน ส่งออก หรือพิมพ์ค่าแฮชปลายสายโซ่ไว้เก็บที่อื่น",
    "check the audit chains, export them, or print their heads to keep elsewhere",
)


def add_arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)

    check = verbs.add_parser(
        "verify", help="ตรวจฐานข้อมูลหรือไฟล์ที่ส่งออก / check the database or an exported file"
    )
    check.add_argument("file", nargs="?", type=Path)
    check.add_argument("--heads", type=Path, help="ค่าแฮชที่เก็บไว้ที่อื่น / heads that were kept elsewhere")
    check.set_defaults(act="verify_chains")

    export = verbs.add_parser(
        "export", help="เขียนสายโซ่ลงไฟล์ใหม่ / write the chains to a new file (JSON lines)"
    )
    export.add_argument("file", type=Path)
    export.set_defaults(act="export")

    head = verbs.add_parser("head", help="พิมพ์ค่าแฮชปลายสายโซ่ / print the heads (JSON lines)")
    head.set_defaults(act="head")

    for verb in (check, export, head):
        verb.add_argument(
            "--lao", type=int, metavar="N", help="เฉพาะ อปท. หมายเลขนี้ / only the LAO of this number"
        )


def run(arguments: Namespace) -> int:
    if arguments.verb == "verify" and arguments.file:
        # Without settings or database, as on an auditor's machine.
        return verify.run(arguments.file, arguments.heads, arguments.lao)
    return in_database("app", f"nayu.project.auditing.{arguments.act}", arguments)
