"""
The secrets of an installation with the embedded database, made once and kept in one file.

With ``DATABASE_URL`` set this file is never read or written: secrets then come from the
environment only.
"""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from nayu.project.roles import Passwords

_MASTER_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """:param keys: as ``NAYU_KEYS``."""

    admin: str
    owner: str
    app: str
    reader: str
    secret_key: str
    keys: str

    @property
    def passwords(self) -> Passwords:
        return Passwords(owner=self.owner, app=self.app, reader=self.reader)


def kept_in(file: Path) -> Secrets:
    """The secrets in the file, which is made on the first call and readable by us alone."""
    if not file.exists():
        _write(file, _new())
    return Secrets(**json.loads(file.read_text()))


def _new() -> Secrets:
    key = base64.b64encode(secrets.token_bytes(_MASTER_KEY_BYTES)).decode()
    return Secrets(
        admin=secrets.token_urlsafe(32),
        owner=secrets.token_urlsafe(32),
        app=secrets.token_urlsafe(32),
        reader=secrets.token_urlsafe(32),
        secret_key=secrets.token_urlsafe(64),
        keys=f"k1:{key}",
    )


def _write(file: Path, made: Secrets) -> None:
    # Written aside and renamed: a half-written file would lock us out of the database for ever.
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with open(beside, "x", opener=_only_ours) as out:
        json.dump(asdict(made), out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    beside.rename(file)


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
