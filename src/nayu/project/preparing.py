"""What has to be true before the first request: tables, static files."""

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.module_loading import import_string
from psycopg import connect

from nayu.kernel.permissions import System
from nayu.project import env
from nayu.project.terminal import CommandRefused, say

#: Any number that no other program uses on this database: "nayu" in ASCII.
_MIGRATION_LOCK = 0x6E617975


def migrate() -> None:
    """
    Bring the tables up to date as the owner; of two at the same time, the second waits.

    Each statement gives up on a lock after 5 s and on work after 15 min (``settings.DATABASES``).
    """
    # A connection of its own: waiting for our turn is not bound by those time-outs.
    with connect(env.OWNER_DATABASE_URL.text(), autocommit=True) as turn:
        mine = turn.execute("SELECT pg_try_advisory_lock(%s)", [_MIGRATION_LOCK]).fetchone()
        if mine == (False,):
            say("กำลังรอการปรับฐานข้อมูลอีกคำสั่งหนึ่ง", "Waiting for another migration to end.")
            turn.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        # Not a data migration: that would run once, and the state's map goes on being corrected.
        import_string("nayu.places.api.keep_geography_current")(
            by=System("migrate"), now=timezone.now()
        )
        connections["owner"].close()


def must_be_migrated() -> None:
    """:raises CommandRefused: the tables are older than this version."""
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandRefused(
            "ตารางในฐานข้อมูลเก่ากว่ารุ่นนี้ โปรดพิมพ์ nayu migrate ก่อน",
            "The tables are older than this version; type `nayu migrate` first.",
        )


def must_be_safe() -> None:
    """
    What :mod:`nayu.project.check` finds is said; an error stops the start.

    :raises CommandRefused: it would not be safe to serve.
    """
    # By name, because what leans on models can be imported only now.
    if not import_string("nayu.project.check.say_problems")():
        raise CommandRefused(
            "ยังไม่ปลอดภัยพอที่จะเริ่มทำงาน โปรดแก้ข้อข้างต้นก่อน",
            "It would not be safe to start; mend what is said above first.",
        )


def publish_static() -> None:
    """Gather the static files, compressed and named by their content, when one has changed."""
    stamp = settings.STATIC_ROOT / ".gathered"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = (storage.path(name), storage.size(name), storage.get_modified_time(name))
            lines.append(" ".join(map(str, status)))
    return "\n".join(sorted(lines))
