"""``nayu audit``: check the chains, take them out, print the heads that are kept elsewhere."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from nayu.kernel import audit
from nayu.kernel.audit import chain, verify
from nayu.kernel.everywhere import lao_ids
from nayu.kernel.permissions import System
from nayu.kernel.scope import scope
from nayu.project.installation import database

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
    check.set_defaults(act=_verify)

    export = verbs.add_parser(
        "export", help="เขียนสายโซ่ลงไฟล์ใหม่ / write the chains to a new file (JSON lines)"
    )
    export.add_argument("file", type=Path)
    export.set_defaults(act=_export)

    head = verbs.add_parser("head", help="พิมพ์ค่าแฮชปลายสายโซ่ / print the heads (JSON lines)")
    head.set_defaults(act=_head)

    for verb in (check, export, head):
        verb.add_argument(
            "--lao", type=int, metavar="N", help="เฉพาะ อปท. หมายเลขนี้ / only the LAO of this number"
        )


def run(arguments: Namespace) -> int:
    if arguments.verb == "verify" and arguments.file:
        # Without settings or database, as on an auditor's machine.
        return verify.run(arguments.file, arguments.heads, arguments.lao)
    with database("app"):
        code: int = arguments.act(arguments)
        return code


def _verify(arguments: Namespace) -> int:
    try:
        kept = list(verify.read_heads(arguments.heads, arguments.lao)) if arguments.heads else []
    except verify.NotReadable as error:
        return verify.refuse(error)
    return _verify_database(arguments.lao, kept)


def _verify_database(lao: int | None, kept: list[verify.Head]) -> int:
    # A LAO that has a head elsewhere and none here was cut off whole.
    everyone = sorted({*_chosen(lao), *(head.lao for head in kept)})
    whole = True
    for lao_id in everyone:
        with scope(lao_id), transaction.atomic():
            result = chain.checked(head for head in kept if head.lao == lao_id)
        whole = whole and not result.broken
        sys.stdout.write(verify.report(result))
    return 0 if whole else 1


def _export(arguments: Namespace) -> int:
    laos = _chosen(arguments.lao)
    try:
        # Never over an older export, which may be what proves a later change.
        arguments.file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        sys.stderr.write(
            f"มีไฟล์ {arguments.file} อยู่แล้ว กรุณาตั้งชื่ออื่น\n"
            f"{arguments.file} exists already; choose another name.\n"
        )
        return 2
    with arguments.file.open("w", encoding="utf-8") as file:
        for lao_id in laos:
            with scope(lao_id), transaction.atomic():
                for line in chain.lines():
                    file.write(json.dumps(asdict(line)) + "\n")
    for lao_id in laos:
        # Afterwards: an entry has its place only when its transaction has ended.
        with scope(lao_id), transaction.atomic():
            audit.record("audit.exported", by=System("audit"), now=timezone.now())
    return 0


def _head(arguments: Namespace) -> int:
    for lao_id in _chosen(arguments.lao):
        with scope(lao_id), transaction.atomic():
            head = chain.head()
        if head:
            sys.stdout.write(json.dumps(asdict(head)) + "\n")
    return 0


def _chosen(lao: int | None) -> list[int]:
    return lao_ids() if lao is None else [lao]
