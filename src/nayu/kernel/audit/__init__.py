"""
Who did what, when, to which row: written once, never changed, one hash chain for each LAO.

An entry is written in the transaction of what it tells, so both stand or fall together; the
database chains it at commit. Codes and names only (:mod:`nayu.kernel.audit.codes`): what a person
may ask us to forget never gets in.

Entries of several LAOs in one transaction take their chains in the order in which they were
written; two such transactions in opposite orders make PostgreSQL end one of them. Work over LAOs
goes through :func:`nayu.kernel.everywhere.everywhere`, one transaction each.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from nayu.kernel.audit.codes import NotACode
from nayu.kernel.permissions import Actor

__all__ = ["NotACode", "looked", "record", "record_apart"]


def record(
    action: str,
    *,
    by: Actor,
    now: datetime,
    on: models.Model | None = None,
    fields: Iterable[str] = (),
    why: str = "",
) -> None:
    """
    Tell what the caller's transaction did.

    :param action: a dotted code in the past tense, ``complaint.resolved``.
    :param on: the row it was done to.
    :param fields: names of its fields that were changed.
    :param why: a code or a short English sentence from the source code.
    :raises NotACode: something here could name or describe a person.
    :raises NoScope: outside every scope.
    """
    assert transaction.get_connection().in_atomic_block, "an entry belongs to a transaction"
    entry = _entries().about(action, by=by, now=now, on=on, fields=fields, why=why)
    entry.save(using="default", force_insert=True)


def record_apart(
    action: str,
    *,
    by: Actor,
    now: datetime,
    on: models.Model | None = None,
    fields: Iterable[str] = (),
    why: str = "",
) -> None:
    """As :func:`record`, but it stays when the caller's transaction is rolled back: a refusal."""
    entry = _entries().about(action, by=by, now=now, on=on, fields=fields, why=why)
    with transaction.atomic(using="apart", durable=True):
        entry.save(using="apart", force_insert=True)


def looked(
    *rows: models.Model, by: Actor, purpose: str, now: datetime, fields: Iterable[str] = ()
) -> None:
    """
    Tell who saw sensitive (C3) data, one entry a row, so that each person can see who saw hers.

    :param purpose: a code or a short English sentence from the source code.
    :raises NotACode: the purpose is missing or could describe a person.
    """
    names = tuple(fields)
    if not purpose:
        raise NotACode("whoever looks at sensitive data says what for")
    for row in rows:
        record("data.seen", by=by, now=now, on=row, fields=names, why=purpose)


def _entries() -> type[Any]:
    # By name, because this package is imported where no model can be: the checker of exported
    # chains lies in it and needs neither settings nor a database.
    return apps.get_model("kernel", "AuditEntry")
