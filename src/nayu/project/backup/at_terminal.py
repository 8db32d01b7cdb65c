"""Backup and restore, as the person at the terminal sees them."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nayu.project import env
from nayu.project.backup import identity
from nayu.project.backup.bring_back import BroughtBack, bring_back
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from nayu.project.backup.refusals import BackupRefused
from nayu.project.sentences import both

_REFUSED = 2


def this_installation() -> Installation:
    return Installation(
        owner_url=env.OWNER_DATABASE_URL.text(),
        data_dir=Path(settings.DATA_DIR),
        media=Path(settings.MEDIA_ROOT),
        programs=Programs.chosen(),
    )


def back_up(arguments: argparse.Namespace) -> int:
    """:returns: the exit code."""
    of = this_installation()
    try:
        recipient = identity.recipient(
            given=env.BACKUP_RECIPIENT.raw, identity=identity.chosen(of.data_dir)
        )
        made = make(
            of,
            to=arguments.to or of.data_dir / "backups",
            recipient=recipient.public,
            now=timezone.now(),
        )
    except (BackupRefused, OSError) as refusal:
        print(both(refusal), file=sys.stderr)
        return _REFUSED
    _tell_made(made, recipient)
    return 0


def _tell_made(made: Made, recipient: identity.Recipient) -> None:
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


def restore(arguments: argparse.Namespace) -> int:
    """:returns: the exit code."""
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
        return _REFUSED
    _tell_restored(done)
    return 0


def _tell_restored(done: BroughtBack) -> None:
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
