"""
Every setting that comes from the environment, in one table.

``docs/settings.md`` is written from it, so a setting cannot exist without a sentence.
"""

import os
from dataclasses import dataclass
from pathlib import Path


class BadSetting(Exception):
    """A setting is missing or cannot be read; the sentence says which and what it needs."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str | None
    meaning: str
    secret: bool = False

    @property
    def raw(self) -> str | None:
        return os.environ.get(self.name) or self.default

    def text(self) -> str:
        """:raises BadSetting: neither set nor defaulted."""
        value = self.raw
        if value is None:
            raise BadSetting(f"{self.name} is not set: {self.meaning}")
        return value

    def number(self) -> int:
        """:raises BadSetting: not a whole number in ASCII digits."""
        value = self.text()
        if not (value.isascii() and value.isdigit()):
            raise BadSetting(f"{self.name}={value!r} is not a whole number: {self.meaning}")
        return int(value)

    def yes(self) -> bool:
        """:raises BadSetting: neither 1 nor 0."""
        value = self.text()
        if value not in {"0", "1"}:
            raise BadSetting(f"{self.name}={value!r} is neither 1 nor 0: {self.meaning}")
        return value == "1"

    def path(self) -> Path:
        return Path(self.text()).expanduser().resolve()

    def words(self) -> list[str]:
        return self.text().split()


DATA_DIR = Setting("NAYU_DATA_DIR", "data", "Folder of the embedded database, media and secrets.")
PORT = Setting("NAYU_PORT", "8000", "Port of the web server; the demo takes the next free one.")
BIND = Setting("NAYU_BIND", "127.0.0.1", "Address that the web server listens on.")
WEB_PROCESSES = Setting(
    "NAYU_WEB_PROCESSES", "2", "Web processes; one a core, each about 20 MB of its own."
)
WEB_THREADS = Setting("NAYU_WEB_THREADS", "2", "Threads a web process; each keeps a connection.")
BASE_HOST = Setting("NAYU_BASE_HOST", "localhost", "Host of the network portal, without a port.")
DEMO = Setting("NAYU_DEMO", "0", "1 only in the demo: plain cookies, synthetic people.")
DATABASE_URL = Setting(
    "DATABASE_URL",
    None,
    "PostgreSQL 15 or newer as the app role; unset = the embedded server.",
    secret=True,
)
OWNER_DATABASE_URL = Setting(
    "NAYU_OWNER_DATABASE_URL",
    None,
    "The same database as the owner: migrations, backup, restore; never given to web or worker.",
    secret=True,
)
READER_DATABASE_URL = Setting(
    "NAYU_READER_DATABASE_URL", None, "The same database as the reader role: reports.", secret=True
)
SECRET_KEY = Setting(
    "NAYU_SECRET_KEY", None, "Signs sessions and links; 50 characters or more.", secret=True
)
KEYS = Setting(
    "NAYU_KEYS",
    None,
    "Master keys as id:base64 of 32 bytes, newest first, with spaces between.",
    secret=True,
)
BACKUP_RECIPIENT = Setting(
    "NAYU_BACKUP_RECIPIENT",
    None,
    "Public age key (age1…) that backups are made for; unset = the one of the identity.",
)
BACKUP_IDENTITY = Setting(
    "NAYU_BACKUP_IDENTITY",
    None,
    "File with the age identity that opens backups; unset = backup-identity.txt in the data"
    " folder, made at the first backup.",
)
POSTGRES_BIN = Setting(
    "NAYU_POSTGRES_BIN", None, "Folder of PostgreSQL programs; unset = those of the wheel."
)
TRUSTED_PROXIES = Setting(
    "NAYU_TRUSTED_PROXIES",
    "",
    "Networks of our own proxies with spaces between; only they may say X-Forwarded-For.",
)
METRICS_TOKEN = Setting(
    "NAYU_METRICS_TOKEN", None, "Bearer token of /metrics; unset = no such page.", secret=True
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Setting))
