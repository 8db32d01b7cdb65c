"""PostgreSQL's own programs, told the password in the environment and never on the command line."""

import contextlib
import itertools
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from nayu.project import env, postgres
from nayu.project.backup.refusals import ProgramFailed, ProgramsTooOld

_LONGEST_DETAIL: Final = 300
_PREAMBLE_LINES: Final = 40
#: A dump says which rights a table has beyond none, so none may be given by default meanwhile: the
#: app would keep what a migration took from it. The dump itself puts the defaults back.
_BEGIN: Final = b"""BEGIN;
ALTER DEFAULT PRIVILEGES FOR ROLE nayu_owner REVOKE ALL ON TABLES FROM nayu_app, nayu_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE nayu_owner REVOKE ALL ON SEQUENCES FROM nayu_app, nayu_reader;
"""
_UNKNOWN_TO_OLD_SERVERS: Final = b"SET transaction_timeout = 0;\n"


def _environment(url: str) -> dict[str, str]:
    """What libpq reads of a connection, and nothing else of ours."""
    given = conninfo_to_dict(url)
    variables = {"LC_ALL": "C.UTF-8", "PGPASSFILE": "/dev/null"}
    for option in Conninfo.get_defaults():
        value = given.get(option.keyword.decode())
        if value is not None and option.envvar:
            variables[option.envvar.decode()] = str(value)
    return variables


@dataclass(frozen=True, slots=True)
class Programs:
    folder: Path

    @classmethod
    def chosen(cls) -> "Programs":
        return cls(Path(env.POSTGRES_BIN.raw or postgres.wheel_programs()))

    def must_suit(self, connection: psycopg.Connection) -> None:
        """:raises ProgramsTooOld: an older pg_dump does not know all that a newer server holds."""
        answer = self._run("pg_dump", "--version")
        ours = int(re.findall(r"[0-9]+", answer)[0])
        theirs = connection.info.server_version // 10_000
        if ours < theirs:
            raise ProgramsTooOld(f"{ours} < {theirs}")

    def dump(self, url: str, *, snapshot: str, to: Path) -> None:
        """:raises ProgramFailed: with the program's first error."""
        self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={to}", url=url)

    def restore(self, url: str, dump: Path) -> None:
        """
        All or nothing, in one transaction.

        :raises ProgramFailed: with the program's first error; nothing was kept.
        """
        database = str(conninfo_to_dict(url).get("dbname", ""))
        psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", f"--dbname={database}"]
        with tempfile.TemporaryFile() as complaints:
            reading = self._start("pg_restore", "--file=-", str(dump), err=complaints)
            writing = self._start(*psql, err=complaints, url=url)
            with reading, writing:
                _pass_on(reading, writing)
            if reading.returncode or writing.returncode:
                complaints.seek(0)
                raise ProgramFailed(_first_error(complaints.read().decode(errors="replace")))

    def _start(
        self, program: str, *arguments: str, err: IO[bytes], url: str = ""
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(self.folder / program), *arguments],
            env=_environment(url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if program == "pg_restore" else subprocess.DEVNULL,
            stderr=err,
        )

    def _run(self, program: str, *arguments: str, url: str = "") -> str:
        done = subprocess.run(
            [str(self.folder / program), *arguments],
            env=_environment(url),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise ProgramFailed(_first_error(done.stderr))
        return done.stdout


def _first_error(complaints: str) -> str:
    # Further lines can quote rows, and rows can name people.
    errors = [line for line in complaints.splitlines() if "error:" in line.lower()]
    return "".join(errors[:1])[:_LONGEST_DETAIL]


def _pass_on(reading: subprocess.Popen[bytes], writing: subprocess.Popen[bytes]) -> None:
    """
    From pg_restore to psql, in a transaction that ends only when the first has read all.

    pg_restore's own connection is not used, because from 17 on it begins with a setting that
    older servers do not know.
    """
    assert reading.stdout is not None, "pg_restore writes to us"
    assert writing.stdin is not None, "psql reads from us"
    try:
        writing.stdin.write(_BEGIN)
        for line in itertools.islice(reading.stdout, _PREAMBLE_LINES):
            if line != _UNKNOWN_TO_OLD_SERVERS:
                writing.stdin.write(line)
        shutil.copyfileobj(reading.stdout, writing.stdin)
        if reading.wait() == 0:
            writing.stdin.write(b"COMMIT;\n")
    except BrokenPipeError:
        # psql has refused something and gone; what it said is with the complaints.
        reading.stdout.close()
    finally:
        with contextlib.suppress(BrokenPipeError):
            writing.stdin.close()
