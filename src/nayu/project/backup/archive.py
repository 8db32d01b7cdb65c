"""The file: a tar of named members inside an age envelope."""

import hashlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pyrage

from nayu.project.backup.manifest import MANIFEST, Manifest
from nayu.project.backup.refusals import DamagedBackup, MediaUnreadable, WrongKey

_CHUNK: Final = 1 << 20
DUMP: Final = "database.dump"
MEDIA: Final = "media/"

#: Name in the archive → file on disk.
Members = dict[str, Path]


def digest(file: Path) -> tuple[int, str]:
    """Size and SHA-256."""
    with file.open("rb") as opened:
        return file.stat().st_size, hashlib.file_digest(opened, "sha256").hexdigest()


def pack(manifest: Manifest, members: Members, out: IO[bytes], recipient: str) -> None:
    """
    Write the archive, sealed for the recipient.

    :raises MediaUnreadable: a file is shorter than when the manifest was written.
    """
    stream = _Stream(_tar(manifest, members))
    reader = io.BufferedReader(stream, _CHUNK)
    try:
        pyrage.encrypt_io(reader, out, [pyrage.x25519.Recipient.from_str(recipient)])
    except pyrage.EncryptError:
        # The envelope turns every error of ours into one of its own.
        if stream.refusal:
            raise stream.refusal from None
        raise


class _Stream(io.RawIOBase):
    """Chunks, read as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.refusal: MediaUnreadable | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            try:
                self._rest = memoryview(next(self._chunks))
            except StopIteration:
                return 0
            except MediaUnreadable as refusal:
                self.refusal = refusal
                raise
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _tar(manifest: Manifest, members: Members) -> Iterator[bytes]:
    text = manifest.text()
    yield from _member(MANIFEST, len(text), io.BytesIO(text))
    for name, path in members.items():
        with path.open("rb") as file:
            yield from _member(name, manifest.files[name][0], file)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _member(name: str, size: int, file: IO[bytes]) -> Iterator[bytes]:
    header = tarfile.TarInfo(name)
    header.size = size
    header.mode = 0o600
    yield header.tobuf(tarfile.PAX_FORMAT)
    left = size
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise MediaUnreadable(name)
        left -= len(chunk)
        yield chunk
    yield bytes(-size % tarfile.BLOCKSIZE)


def unseal(file: Path, to: Path, identity: str) -> None:
    """
    :raises WrongKey: the identity does not open it.
    :raises DamagedBackup: cut short or changed; what reached ``to`` is worth nothing.
    """
    try:
        with file.open("rb") as sealed, to.open("wb") as clear:
            pyrage.decrypt_io(sealed, clear, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as problem:
        if "matching keys" in str(problem):
            raise WrongKey(file.name) from None
        raise DamagedBackup(file.name) from None
    except OSError as problem:
        # The envelope's own complaints carry no number; the disk's do.
        if problem.errno is not None:
            raise
        raise DamagedBackup(file.name) from None


def unpack(archive: Path, to: Path) -> Manifest:
    """
    Every member, each compared with the manifest.

    :raises DamagedBackup: a member is missing, added, changed or oddly named.
    :raises NewerBackup: its format is not known here.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            return _unpack(tar, to)
    except tarfile.TarError as problem:
        raise DamagedBackup(archive.name) from problem


def _unpack(tar: tarfile.TarFile, to: Path) -> Manifest:
    first = tar.next()
    text = None if first is None or first.name != MANIFEST else tar.extractfile(first)
    if text is None:
        raise DamagedBackup(MANIFEST)
    manifest = Manifest.read(text.read())
    missing = dict(manifest.files)
    while (member := tar.next()) is not None:
        wanted = missing.pop(member.name, None)
        content = tar.extractfile(member) if member.isreg() else None
        if wanted is None or content is None or not _is_ours(member.name):
            raise DamagedBackup(member.name)
        target = to / member.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as file:
            while chunk := content.read(_CHUNK):
                file.write(chunk)
        if digest(target) != wanted:
            raise DamagedBackup(member.name)
    if missing:
        raise DamagedBackup(min(missing))
    return manifest


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    plain = ".." not in path.parts and not path.is_absolute() and str(path) == name
    return plain and (name == DUMP or name.startswith(MEDIA))
