"""``nayu prepare-database``: a server of one's own becomes ready for Nayu."""

import argparse
import base64
import secrets
import sys
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nayu.project import env, roles
from nayu.project.terminal import CommandRefused, say

HELP = (
    "เตรียมเซิร์ฟเวอร์ PostgreSQL ของท่านเอง: สร้างฐานข้อมูลกับบทบาท แล้วพิมพ์ค่าที่ต้องตั้ง",
    "Prepare a PostgreSQL server of your own: database, roles, and the settings to copy.",
)
_OLDEST = 150_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--admin-url",
        required=True,
        help="การเชื่อมต่อของผู้ดูแลสูงสุด ใช้ครั้งเดียว · a superuser's connection, used once",
    )
    parser.add_argument("--name", default="nayu", help="ชื่อฐานข้อมูล · name of the database")


def run(arguments: argparse.Namespace) -> int:
    passwords = roles.Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
    try:
        _must_be_able(arguments.admin_url)
        roles.prepare(arguments.admin_url, database=arguments.name, passwords=passwords)
    except psycopg.OperationalError:
        # The driver's own words can carry the connection's secrets.
        raise CommandRefused(
            "เชื่อมต่อเซิร์ฟเวอร์ไม่ได้ โปรดตรวจค่า --admin-url",
            "The server cannot be reached; check --admin-url.",
        ) from None
    sys.stdout.write("".join(f"{line}\n" for line in _settings(arguments, passwords)))
    say(
        "คัดลอกบรรทัดข้างต้นไปเป็นการตั้งค่า เก็บเป็นความลับ แล้วพิมพ์ nayu migrate",
        "Copy the lines above into the settings, keep them secret, then type `nayu migrate`.",
    )
    return 0


def _must_be_able(admin_url: str) -> None:
    """:raises CommandRefused: not a superuser, or the server is too old."""
    with psycopg.connect(admin_url, dbname="postgres") as admin:
        found = admin.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        version = admin.info.server_version
    if found != (True,):
        raise CommandRefused(
            "ผู้ใช้ใน --admin-url ต้องเป็นผู้ดูแลสูงสุดของเซิร์ฟเวอร์",
            "The user of --admin-url must be a superuser of the server.",
        )
    if version < _OLDEST:
        raise CommandRefused(
            "เซิร์ฟเวอร์เก่าเกินไป ต้องเป็น PostgreSQL 15 ขึ้นไป",
            "The server is too old; PostgreSQL 15 or newer is needed.",
        )


def _settings(arguments: argparse.Namespace, passwords: roles.Passwords) -> list[str]:
    where: dict[str, Any] = {**conninfo_to_dict(arguments.admin_url), "dbname": arguments.name}
    logins = {
        env.DATABASE_URL: (roles.APP, passwords.app),
        env.OWNER_DATABASE_URL: (roles.OWNER, passwords.owner),
        env.READER_DATABASE_URL: (roles.READER, passwords.reader),
    }
    values = {
        setting: make_conninfo(**{**where, "user": user, "password": password})
        for setting, (user, password) in logins.items()
    }
    values[env.SECRET_KEY] = secrets.token_urlsafe(64)
    values[env.KEYS] = f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return [f"{setting.name}='{value}'" for setting, value in values.items()]
