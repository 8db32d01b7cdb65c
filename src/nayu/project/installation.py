"""
One installation: where its data lies, which database it uses, and who may start it.

With ``DATABASE_URL`` unset everything is in the data folder, the database included. With it set,
the data folder holds media only, and every secret comes from the environment.
"""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import django
from django.utils.module_loading import import_string

from nayu.project import env, roles, secrets_file
from nayu.project.folder_lock import FolderLock, Held
from nayu.project.postgres import ADMIN, EmbeddedPostgres, wheel_programs
from nayu.project.secrets_file import Secrets
from nayu.project.terminal import CommandRefused

DATABASE = "nayu"
Role = Literal["app", "owner"]

#: A short command waits this long for another one, or for a server that is just starting.
_PATIENCE_SECONDS = 60
_ABOUT = """\
โฟลเดอร์ข้อมูลของ "น่าอยู่" · The data folder of Nayu

postgres/        ฐานข้อมูล · the database
media/           ไฟล์ที่ผู้ใช้ส่งเข้ามา · what people sent in
secrets.json     รหัสลับทั้งหมด เก็บสำเนาไว้นอกเครื่องนี้ หากหาย ข้อมูลที่เข้ารหัสจะเปิดไม่ได้อีก
                 every secret; keep a copy away from this machine: without it encrypted data stays
                 closed for ever
static/          สร้างใหม่ได้เสมอ · made anew at every start

ข้อมูลสาธิต (make demo) · Demonstration data
รหัส อปท. ของปากพูนและเวียงพร้าวมาจากเอกสาร ส่วนรหัสของล้อมแรด (05520899) สมมติขึ้นเพื่อสาธิต ยังไม่ได้ตรวจสอบ
The codes of Pak Phun and Wiang Phrao come from documents; Lom Raet's (05520899) is made up for the
demonstration and not verified.
"""


@dataclass(frozen=True)
class Installation:
    folder: Path

    @cached_property
    def secrets(self) -> Secrets:
        return secrets_file.kept_in(self.folder / "secrets.json", may_make=not self.has_database)

    @cached_property
    def server(self) -> EmbeddedPostgres:
        programs = Path(env.POSTGRES_BIN.raw or wheel_programs())
        return EmbeddedPostgres(self.folder / "postgres", self.secrets.admin, programs)

    @property
    def has_database(self) -> bool:
        return (self.folder / "postgres" / "PG_VERSION").exists()

    def must_have_database(self) -> None:
        """:raises CommandRefused: nothing was migrated here yet."""
        if not self.has_database:
            raise CommandRefused(
                "ในโฟลเดอร์นี้ยังไม่มีฐานข้อมูล โปรดพิมพ์ nayu migrate ก่อน",
                "There is no database in this folder yet; type `nayu migrate` first.",
            )

    def lock(self) -> FolderLock:
        """:raises Held: another Nayu is at work in this folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(self.folder / "nayu.lock")
        (self.folder / "README").write_text(_ABOUT)
        return lock

    def lock_or_share(self) -> FolderLock | None:
        """
        The lock, or ``None`` where a running server lends its database.

        :raises CommandRefused: another command does not come to an end.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self.lock()
            except Held as held:
                if held.holder.url:
                    return None
                if time.monotonic() > deadline:
                    raise CommandRefused(
                        f"คำสั่งอื่น (pid {held.holder.pid}) กำลังใช้โฟลเดอร์ข้อมูลนี้ โปรดลองใหม่ภายหลัง",
                        f"Another command (pid {held.holder.pid}) is at work in this data folder; "
                        "try again when it has ended.",
                    ) from None
            time.sleep(0.1)

    def prepare_roles(self) -> None:
        """Roles and database of the running embedded server, made or brought up to date."""
        admin = self.server.url(user=ADMIN, password=self.secrets.admin, database="postgres")
        roles.prepare(admin, database=DATABASE, passwords=self.secrets.passwords)

    def environment(self, role: Role) -> dict[str, str]:
        """What the settings need to reach the embedded database."""
        kept = self.secrets
        found = {
            env.DATABASE_URL.name: self._url(roles.APP, kept.app),
            env.READER_DATABASE_URL.name: self._url(roles.READER, kept.reader),
            env.SECRET_KEY.name: env.SECRET_KEY.raw or kept.secret_key,
            env.KEYS.name: env.KEYS.raw or kept.keys,
        }
        if role == "owner":
            found[env.OWNER_DATABASE_URL.name] = self._url(roles.OWNER, kept.owner)
        return found

    def _url(self, user: str, password: str) -> str:
        return self.server.url(user=user, password=password, database=DATABASE)


def here() -> Installation:
    return Installation(env.DATA_DIR.path())


def is_embedded() -> bool:
    return env.DATABASE_URL.raw is None


def start_without_owner() -> None:
    """
    Start this command again without the owner's password, where the environment carries it.

    Taking it out of ``os.environ`` would leave it readable in ``/proc/<pid>/environ`` of every
    process that serves strangers.
    """
    if os.environ.pop(env.OWNER_DATABASE_URL.name, None) is not None:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ)


def become(role: Role, installation: Installation | None) -> None:
    """
    Set Django up with the database as this role.

    :param installation: whose embedded server runs; ``None`` takes ``DATABASE_URL``.
    :raises CommandRefused: the owner is needed and the environment does not name it.
    """
    if installation is not None:
        os.environ.update(installation.environment(role))
    if role == "app":
        os.environ.pop(env.OWNER_DATABASE_URL.name, None)
    elif env.OWNER_DATABASE_URL.raw is None:
        raise CommandRefused(
            f"คำสั่งนี้ต้องการ {env.OWNER_DATABASE_URL.name} เพราะมีการตั้ง DATABASE_URL ไว้",
            f"This command needs {env.OWNER_DATABASE_URL.name}, because DATABASE_URL is set.",
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nayu.project.settings")
    django.setup()


@contextmanager
def database(role: Role) -> Iterator[None]:
    """
    A short command's database: Django is set up inside.

    The embedded server is borrowed from a running Nayu, or started for as long as this takes.
    The owner's commands find the roles made; the app's need an installation that was migrated.

    :raises CommandRefused: there is no database yet, or somebody else is at work in the folder.
    """
    if not is_embedded():
        become(role, None)
        yield
        return
    installation = here()
    if role == "app":
        installation.must_have_database()
    lock = installation.lock_or_share()
    try:
        if lock is not None:
            installation.server.start()
        if role == "owner":
            installation.prepare_roles()
        become(role, installation)
        yield
    finally:
        if lock is not None:
            installation.server.stop()
            lock.release()


def in_database(role: Role, function: str, arguments: Namespace) -> int:
    """
    Run a command's function with its database.

    :param function: its dotted name, because what leans on models can be imported only then.
    :returns: the exit code.
    """
    with database(role):
        code: int = import_string(function)(arguments)
        return code
