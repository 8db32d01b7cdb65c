"""Who can open a backup."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage

from nayu.project import env
from nayu.project.backup.refusals import BadIdentity, BadRecipient

FILE_NAME: Final = "backup-identity.txt"
#: How the line begins.
_BEGINS: Final = "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class Recipient:
    public: str
    #: The file that opens what is made now, when it lies on this machine.
    identity: Path | None
    is_new: bool = False


def chosen(data_dir: Path) -> Path:
    """The file that the setting names, else the one of the data folder."""
    given = env.BACKUP_IDENTITY.raw
    return Path(given).expanduser() if given else data_dir / FILE_NAME


def read_identity(file: Path) -> str:
    """
    The secret line of a file as ``age-keygen`` writes it.

    :raises BadIdentity: no such file, or none in it.
    """
    try:
        lines = file.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        raise BadIdentity(str(file)) from None
    secrets = [line for line in lines if line.startswith(_BEGINS)]
    if len(secrets) != 1:
        raise BadIdentity(str(file))
    _public(secrets[0], file)
    return secrets[0]


def _public(secret: str, file: Path) -> str:
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError:
        raise BadIdentity(str(file)) from None


def recipient(*, given: str | None, identity: Path) -> Recipient:
    """
    For whom a backup is made: the given recipient, else the identity, made now if there is none.

    :raises BadRecipient: the given one is no age recipient.
    :raises BadIdentity: the file exists and holds none.
    """
    if given:
        try:
            pyrage.x25519.Recipient.from_str(given)
        except pyrage.RecipientError:
            raise BadRecipient from None
        return Recipient(given, None)
    is_new = not identity.exists()
    if is_new:
        _make(identity)
    return Recipient(_public(read_identity(identity), identity), identity, is_new)


def _make(file: Path) -> None:
    made = pyrage.x25519.Identity.generate()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(f"# public key: {made.to_public()}\n{made}\n")
        opened.flush()
        os.fsync(descriptor)
