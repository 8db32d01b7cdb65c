"""The chains in the database, in the form that :mod:`nayu.kernel.audit.verify` reads."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import connection, transaction

from nayu.kernel.audit.verify import Head, Line, Result, check
from nayu.kernel.scope import here

# Row-level security narrows both tables to the LAO in scope. The full join shows a place without
# its entry and an entry without its place: a chain alone can tell of neither.
_LINES = """
SELECT link.number,
       encode(link.hash, 'hex'),
       entry.text,
       entry.id::text,
       to_char(entry.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       entry.action,
       entry.actor,
       entry.on_table,
       entry.on_row
  FROM kernel_auditlink link
  FULL JOIN kernel_auditentry entry USING (lao_id, id)
 ORDER BY link.number NULLS LAST, entry.id
"""
_COLUMNS = ("id", "happened_at", "action", "actor", "on_table", "on_row")
_AT_A_TIME = 2000


def lines() -> Iterator[Line]:
    """The chain of the LAO in scope, then its entries outside the chain; in a transaction."""
    assert connection.in_atomic_block, "a cursor that reads in parts lives in a transaction"
    lao_id = here()
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINES)
        while rows := cursor.fetchmany(_AT_A_TIME):
            for number, digest, text, *columns in rows:
                row = {} if text is None else dict(zip(_COLUMNS, columns, strict=True))
                yield Line(lao_id, number, digest, text, row)


def head() -> Head | None:
    """The end of the chain of the LAO in scope; ``None`` before its first entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, encode(hash, 'hex') FROM kernel_audithead")
        row = cursor.fetchone()
    return Head(here(), *row) if row else None


@transaction.atomic
def checked(kept: Iterable[Head] = ()) -> Result:
    """
    Check the LAO in scope.

    :param kept: its heads from outside. The database's own is asked too, which proves little:
        whoever can rewrite the chain can rewrite that row.
    """
    # Before the chain, which may grow meanwhile.
    own = head()
    result = check(lines(), [*kept, *([own] if own else [])])
    # A LAO where nothing happened yet is in the answer too.
    return replace(result, lengths={here(): 0, **result.lengths})
