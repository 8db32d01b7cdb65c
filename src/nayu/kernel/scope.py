"""
The scope: the one LAO that a line of work belongs to.

This file imports no model, because the database backend loads before any model does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_lao: ContextVar[int | None] = ContextVar("nayu_lao", default=None)


class NoScope(RuntimeError):
    """A question about one LAO's rows was asked outside any LAO."""


def current() -> int | None:
    return _lao.get()


def here() -> int:
    """
    The LAO of this line of work.

    :raises NoScope: outside every scope.
    """
    lao_id = _lao.get()
    if lao_id is None:
        raise NoScope("open scope(lao) first: these rows belong to one LAO")
    return lao_id


@contextmanager
def scope(lao_id: int) -> Iterator[None]:
    """Work as one LAO; scopes nest, and leaving one restores the outer."""
    token = _lao.set(lao_id)
    try:
        yield
    finally:
        _lao.reset(token)
