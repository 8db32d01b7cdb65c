"""pg_dump and pg_restore, told the password in the environment and never on the command line."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from nayu.project import env, postgres
from nayu.project.backup.refusals import ProgramFailed, ProgramsTooOld

_LONGEST_DETAIL: Final = 300


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
        self._run(
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={database}",
            str(dump),
            url=url,
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
            # Further lines can quote rows, and rows can name people.
            errors = [line for line in done.stderr.splitlines() if "error:" in line]
            raise ProgramFailed("".join(errors[:1])[:_LONGEST_DETAIL] or program)
        return done.stdout
