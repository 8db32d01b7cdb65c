"""PostgreSQL that knows the scope, so that row-level security guards the ORM and raw SQL alike."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import ExecStatus, TransactionStatus

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
        if self.in_atomic_block and self._told != current():
            with self.wrap_database_errors:
                self._tell(current())
        return cursor

    def _tell(self, lao_id: int | None) -> None:
        status = self._status()
        if status == TransactionStatus.INERROR:
            # It takes only ROLLBACK TO SAVEPOINT; a question would break that too.
            return
        # Begun and told in one trip, where psycopg makes two: every request that asks the
        # database pays for this.
        assert self.connection.isolation_level is None, "a chosen level belongs into this BEGIN"
        begin = b"BEGIN; " if status == TransactionStatus.IDLE else b""
        number = b"" if lao_id is None else b"%d" % lao_id
        server = self.connection.pgconn
        answer = server.exec_(b"%bSET LOCAL nayu.lao = '%b'" % (begin, number))
        if answer.status != ExecStatus.COMMAND_OK:
            raise OperationalError(server.get_error_message())
        self._told = lao_id

    def _status(self) -> TransactionStatus:
        status: TransactionStatus = self.connection.info.transaction_status
        return status

    def is_usable(self) -> bool:
        """
        Whether the server is still there, asked before the first statement of every request.

        An idle connection has something to read only when its server has ended, so a glance at
        the socket tells what a question would. After an error, Django's question is asked.
        """
        if self._status() == TransactionStatus.IDLE and not self.errors_occurred:
            return not self._has_news() or super().is_usable()
        return super().is_usable()

    def _has_news(self) -> bool:
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return bool(poll.poll(0))

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
