"""``nayu restore``: an empty machine becomes the one that was backed up."""

import argparse
import sys
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nayu.project.backup import identity
from nayu.project.backup.bring_back import BroughtBack, bring_back
from nayu.project.backup.refusals import BackupRefused
from nayu.project.commands.backup import REFUSED, this_installation
from nayu.project.installation import database
from nayu.project.sentences import both

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
    with database("owner"):
        return _restore(arguments)


def _restore(arguments: argparse.Namespace) -> int:
    into = this_installation()
    try:
        done = bring_back(
            arguments.file,
            into=into,
            identity=identity.read_identity(arguments.identity or identity.chosen(into.data_dir)),
            known_migrations={".".join(key) for key in MigrationLoader(None).disk_migrations},
            lose_sealed=arguments.lose_sealed,
        )
    except (BackupRefused, OSError) as refusal:
        print(both(refusal), file=sys.stderr)
        return REFUSED
    _tell(done)
    return 0


def _tell(done: BroughtBack) -> None:
    sentence = format_lazy(
        _("Restored {rows} rows and {files} media files as they were at {made_at}."),
        rows=done.manifest.rows,
        files=len(done.manifest.files) - 1,
        made_at=done.manifest.made_at,
    )
    print(both(sentence))
    print(both(_("All counts and checksums are equal to the backup's.")))
    if done.erased_again:
        again = _("Rows that had been erased since then were erased again: {rows}.")
        print(both(format_lazy(again, rows=done.erased_again)))
    if not done.had_erased_list:
        warning = _(
            "No list of erased ids (erased-ids.jsonl) lay beside the backup: what was erased after"
            " it was made may have come back."
        )
        print(both(warning), file=sys.stderr)
    print(both(_("Now type: nayu migrate, then nayu check.")))
