"""One running Nayu a data folder."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

#: Records are written over each other at one length, so that a reader never sees half of one.
_RECORD_BYTES = 512


@dataclass(frozen=True, slots=True)
class Holder:
    """
    Who holds a data folder.

    :param url: its first page, once it is served; empty for a short command.
    """

    pid: int
    url: str = ""


class Held(Exception):
    """Somebody else holds the folder."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


class FolderLock:
    """
    Held until the last process of a family ends: children share it, so that a new start waits
    for what an old one left behind.
    """

    def __init__(self, file: Path) -> None:
        """:raises Held: by another family of processes."""
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise Held(_read(file)) from None
        self.tell(url="")

    def tell(self, *, url: str) -> None:
        """Let those who come second know what runs here."""
        line = json.dumps(asdict(Holder(os.getpid(), url))).encode()
        os.pwrite(self._descriptor, line.ljust(_RECORD_BYTES), 0)

    def release(self) -> None:
        os.close(self._descriptor)


def _read(file: Path) -> Holder:
    record = file.read_text()
    # Empty for the moment between the other side's lock and its first record.
    return Holder(**json.loads(record)) if record else Holder(pid=0)
