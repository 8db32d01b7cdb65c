"""
Work in every LAO.

There is no role that sees across: each LAO is entered by itself, and its own audit says so.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from django.apps import apps
from django.db import transaction

from nayu.kernel import audit
from nayu.kernel.audit import codes
from nayu.kernel.permissions import Actor
from nayu.kernel.scope import scope


def lao_ids() -> list[int]:
    """Every LAO of the installation, oldest first."""
    # By name: the kernel may not import the rooms that stand on it, and ``LaoOwned`` does the same.
    return list(apps.get_model("places", "Lao").objects.order_by("pk").values_list("pk", flat=True))


def everywhere(*, why: str, by: Actor, now: datetime) -> Iterator[AbstractContextManager[int]]:
    """
    One scope and one transaction for each LAO, in turn::

        for each in everywhere(why="sweep old keys", by=System("sweeper"), now=now):
            with each as lao_id:
                ...

    An exception undoes the work in that LAO (its entry in the audit too) and passes on; LAOs that
    were done before stay done.

    :param why: a code or a short English sentence from the source code.
    :raises NotACode: ``why`` is something else.
    """
    codes.reason(why)
    return (_entered(lao_id, why=why, by=by, now=now) for lao_id in lao_ids())


@contextmanager
def _entered(lao_id: int, *, why: str, by: Actor, now: datetime) -> Iterator[int]:
    # Durable: inside somebody's larger transaction one LAO's failure would undo the others.
    with scope(lao_id), transaction.atomic(durable=True):
        audit.record("everywhere.entered", by=by, now=now, why=why)
        yield lao_id
