"""A closed folder for what is half done, for one backup or restore at a time."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nayu.project.backup.refusals import AlreadyRunning, NoRoom


@contextmanager
def workbench(data_dir: Path) -> Iterator[Path]:
    """
    A folder that only we can enter, emptied afterwards; on the same disk as the media.

    What a killed predecessor left there is removed first.

    :raises AlreadyRunning: somebody else is at work.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        folder = data_dir / "backup-workbench"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def needs_room(folder: Path, size: int) -> None:
    """:raises NoRoom: fewer than ``size`` bytes are free where the folder lies."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise NoRoom(f"{free // 2**20} MB < {size // 2**20} MB")
