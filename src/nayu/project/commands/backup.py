"""``nayu backup``: one encrypted file with database and media."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nayu.project import env
from nayu.project.backup import identity
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from nayu.project.backup.refusals import BackupRefused
from nayu.project.installation import database
from nayu.project.sentences import both

HELP = (
    "สำรองข้อมูลทั้งหมดเป็นไฟล์เดียวที่เข้ารหัส (ฐานข้อมูลและไฟล์แนบ)",
    "Back up everything into one encrypted file (database and media)",
)
REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="โฟลเดอร์ปลายทาง (ปกติคือ backups ในโฟลเดอร์ข้อมูล) | folder for the file",
    )


def this_installation() -> Installation:
    return Installation(
        owner_url=env.OWNER_DATABASE_URL.text(),
        data_dir=Path(settings.DATA_DIR),
        media=Path(settings.MEDIA_ROOT),
        programs=Programs.chosen(),
    )


def run(arguments: argparse.Namespace) -> int:
    with database("owner"):
        return _back_up(arguments.to)


def _back_up(to: Path | None) -> int:
    of = this_installation()
    try:
        recipient = identity.recipient(
            given=env.BACKUP_RECIPIENT.raw, identity=identity.chosen(of.data_dir)
        )
        made = make(
            of,
            to=to or of.data_dir / "backups",
            recipient=recipient.public,
            now=timezone.now(),
        )
    except (BackupRefused, OSError) as refusal:
        print(both(refusal), file=sys.stderr)
        return REFUSED
    _tell(made, recipient)
    return 0


def _tell(made: Made, recipient: identity.Recipient) -> None:
    sentence = format_lazy(
        _("Backed up {rows} rows and {files} media files into {file}."),
        rows=made.manifest.rows,
        files=len(made.manifest.files) - 1,
        file=made.file,
    )
    print(both(sentence))
    if recipient.identity is not None:
        warning = format_lazy(
            _(
                "KEEP THE KEYS ELSEWHERE: without the file {identity} nobody can open this backup,"
                " and without the value of NAYU_KEYS (in secrets.json) nobody can read its sealed"
                " fields. Copy both to a place outside this machine today."
            ),
            identity=recipient.identity,
        )
        print(both(warning), file=sys.stderr)
