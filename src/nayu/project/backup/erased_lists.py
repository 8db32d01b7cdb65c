"""The lists of erased ids, in the data folder and beside the backups, and their replay."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from nayu.kernel.privacy import ErasedId, erased_ids
from nayu.kernel.privacy.erased import FILE_NAME, append
from nayu.project.backup.refusals import ErasedListDamaged, ErasedWouldReturn


def read(folders: Iterable[Path]) -> set[ErasedId]:
    """:raises ErasedListDamaged: a list holds what is no erased id."""
    try:
        return {one for folder in folders for one in erased_ids(folder / FILE_NAME)}
    except ValueError as problem:
        raise ErasedListDamaged(str(problem)) from problem


def complete(folders: list[Path], more: set[ErasedId]) -> set[ErasedId]:
    """
    Every list knows all that one of them or the caller knows; returns that.

    :raises ErasedListDamaged: as :func:`read`.
    """
    known = read(folders) | more
    for folder in folders:
        append(folder / FILE_NAME, sorted(known - read([folder])))
    return known


def in_table(connection: psycopg.Connection) -> set[ErasedId]:
    rows = connection.execute("SELECT lao_id, table_name, row_id, erased_at FROM kernel_erased")
    return {ErasedId.of(*row) for row in rows}


_DELETE: Final = (
    "DELETE FROM {} WHERE (lao_id, id) IN"
    " (SELECT unnest(%(laos)s::int[]), unnest(%(rows)s::uuid[]))"
)


def replay(connection: psycopg.Connection, ids: set[ErasedId]) -> int:
    """
    Delete what came back, in one transaction, and remember it in the table again.

    Returns the number of rows deleted. A table that this backup does not know is passed by: none
    of its rows can have come back.

    :raises ErasedWouldReturn: a row that stays points to one of them.
    """
    by_table: defaultdict[str, list[ErasedId]] = defaultdict(list)
    for one in ids:
        by_table[one.table].append(one)
    deleted = 0
    try:
        with connection.transaction():
            for table in sorted(set(by_table) & _tables_of_laos(connection)):
                question = sql.SQL(_DELETE).format(sql.Identifier(table))
                deleted += connection.execute(question, _columns(by_table[table])).rowcount
            _remember(connection, ids)
    except psycopg.IntegrityError as problem:
        raise ErasedWouldReturn(problem.diag.table_name or "") from problem
    return deleted


def _columns(ids: Iterable[ErasedId]) -> dict[str, list[object]]:
    ordered = sorted(ids)
    return {
        "laos": [one.lao_id for one in ordered],
        "tables": [one.table for one in ordered],
        "rows": [one.row_id for one in ordered],
        "moments": [one.at for one in ordered],
    }


def _tables_of_laos(connection: psycopg.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'lao_id'"
    )
    return {table for (table,) in rows}


def _remember(connection: psycopg.Connection, ids: set[ErasedId]) -> None:
    connection.execute(
        "INSERT INTO kernel_erased (id, lao_id, table_name, row_id, erased_at)"
        " SELECT gen_random_uuid(), e.* FROM unnest(%(laos)s::int[], %(tables)s::text[],"
        " %(rows)s::uuid[], %(moments)s::timestamptz[]) AS e (lao, table_name, row_id, at)"
        " WHERE EXISTS (SELECT FROM places_lao WHERE id = e.lao)"
        " ON CONFLICT (lao_id, table_name, row_id) DO NOTHING",
        _columns(ids),
    )
