"""What a backup holds, written down so that a restore can be compared with it."""

import json
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import version
from typing import Any, Final

import psycopg
from psycopg import sql

from nayu.project.backup.refusals import DamagedBackup, NewerBackup

#: Grows when an older Nayu could no longer read the file.
FORMAT: Final = 1
#: Its name in the archive.
MANIFEST: Final = "manifest.json"

#: Rows and a sum over the rows' hashes, both as text: a sum is the same in any order.
Measure = tuple[int, str]
#: By table, then by the id of the LAO; ``""`` where rows belong to no LAO.
Measures = dict[str, dict[str, Measure]]


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    nayu: str
    made_at: str
    #: As PostgreSQL numbers itself: 180004 is 18.4.
    postgres: int
    migrations: list[str]
    #: Fingerprints of the master keys, by id.
    master_keys: dict[str, str]
    tables: Measures
    audit_heads: list[dict[str, Any]]
    #: Size in bytes and SHA-256 of every other member of the archive, by name.
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(rows for by_lao in self.tables.values() for rows, _ in by_lao.values())

    def text(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """
        :raises NewerBackup: the format is one that this Nayu does not know.
        :raises DamagedBackup: it is no manifest.
        """
        try:
            said = json.loads(text)
            # First, because all the rest may look different in a newer format.
            if int(said["format"]) > FORMAT:
                raise NewerBackup(f"format {said['format']} > {FORMAT}")
            known = {one.name: said[one.name] for one in fields(cls)}
            files = {name: (int(size), str(sha)) for name, (size, sha) in known["files"].items()}
            tables = {
                table: {lao: (int(rows), str(total)) for lao, (rows, total) in by_lao.items()}
                for table, by_lao in known["tables"].items()
            }
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise DamagedBackup(MANIFEST) from problem
        return cls(**{**known, "files": files, "tables": tables})

    def must_not_be_newer(self, known_migrations: set[str]) -> None:
        """:raises NewerBackup: a newer version made it, or one with migrations we do not have."""
        ours = version("nayu")
        if _numbers(self.nayu) > _numbers(ours):
            raise NewerBackup(f"{self.nayu} > {ours}")
        if strangers := set(self.migrations) - known_migrations:
            raise NewerBackup(", ".join(sorted(strangers)))


def _numbers(version_text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version_text.split(".")[:3] if part.isdigit())


# The text of a row depends on these; they are the same wherever a measure is taken.
_SAME_EVERYWHERE: Final = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, MDY'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL search_path = public",
)

_TABLES: Final = """
    SELECT c.relname, EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attname = 'lao_id' AND NOT a.attisdropped
    )
    FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname
"""

_MEASURE: Final = """
    SELECT {lao}, count(*),
           sum(('x' || encode(substr(of_row.digest, 1, 8), 'hex'))::bit(64)::bigint)
    FROM {table} t, sha256(convert_to(t::text, 'UTF8')) AS of_row (digest)
    GROUP BY 1 ORDER BY 1
"""


def measure(connection: psycopg.Connection) -> Measures:
    """Counts and checksums of every table, within the caller's transaction, as the owner."""
    for setting in _SAME_EVERYWHERE:
        connection.execute(setting)
    found: Measures = {}
    for table, is_of_laos in connection.execute(_TABLES).fetchall():
        question = sql.SQL(_MEASURE).format(
            table=sql.Identifier(table),
            lao=sql.SQL("t.lao_id::text" if is_of_laos else "''"),
        )
        rows = connection.execute(question).fetchall()
        found[table] = {lao or "": (count, str(total)) for lao, count, total in rows}
    return found


def differences(wanted: Measures, found: Measures) -> list[str]:
    """Tables, with the LAO, that are not the same in both."""
    places = {
        (table, lao)
        for measures in (wanted, found)
        for table in measures
        for lao in measures[table]
    }
    places |= {(table, "") for table in set(wanted) ^ set(found)}
    return [
        f"{table} {lao}".strip()
        for table, lao in sorted(places)
        if (table in wanted) != (table in found) or wanted[table].get(lao) != found[table].get(lao)
    ]


def applied_migrations(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in rows]


def audit_heads(connection: psycopg.Connection) -> list[dict[str, Any]]:
    """The last link of every LAO's audit chain, as the table has it; empty without the table."""
    known = connection.execute("SELECT to_regclass('public.kernel_audithead')").fetchone()
    if known is None or known[0] is None:
        return []
    rows = connection.execute("SELECT to_jsonb(h) FROM kernel_audithead h ORDER BY h.lao_id")
    return [head for (head,) in rows]
