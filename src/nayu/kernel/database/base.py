"""PostgreSQL that knows the scope, so that row-level security guards the ORM and raw SQL alike."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from nayu.kernel.scope import current

#: Nothing is known about what the server was told: not even "no LAO".
_UNTOLD = object()


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Tells the server the scope in the first statement of a transaction, and again when it changes.

    The setting is local to the transaction. Outside one nothing is told, so the policies refuse
    every tenant row with an error: a statement without a transaction is a mistake, not a default.
    """

    _told: object = _UNTOLD

    def _cursor(self, name: str | None = None) -> Any:
        cursor = super()._cursor(name)
        wanted = current()
        if self.in_atomic_block and self._told != wanted and not self._in_failed_transaction():
            with self.wrap_database_errors:
                self.connection.execute(
                    "SELECT set_config('nayu.lao', %s, true)",
                    ["" if wanted is None else str(wanted)],
                )
            self._told = wanted
        return cursor

    def _in_failed_transaction(self) -> bool:
        # A failed transaction takes only ROLLBACK TO SAVEPOINT; a question would break that too.
        status: TransactionStatus = self.connection.info.transaction_status
        return status == TransactionStatus.INERROR

    def connect(self) -> None:
        super().connect()
        self._told = _UNTOLD

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        self._told = _UNTOLD

    def _rollback(self) -> None:
        super()._rollback()
        self._told = _UNTOLD

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._told = _UNTOLD
