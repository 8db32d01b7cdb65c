"""The tables of the audit; what the database does with them is in the migration beside theirs."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from nayu.kernel.audit import codes
from nayu.kernel.audit.verify import canonical
from nayu.kernel.permissions import Actor
from nayu.kernel.scope import here
from nayu.kernel.tenancy import LaoOwned


class AuditEntry(LaoOwned):
    """
    One thing that was done or seen.

    ``text`` is what is hashed; the columns repeat it for questions, and the database refuses an
    entry whose columns say something else.
    """

    text = models.TextField(editable=False)
    happened_at = models.DateTimeField(editable=False)
    action = models.CharField(max_length=100, editable=False)
    #: :attr:`Actor.code`: a key, which means nobody once that person's row is erased.
    actor = models.CharField(max_length=100, editable=False)
    on_table = models.CharField(max_length=63, editable=False)
    on_row = models.CharField(max_length=36, editable=False)

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        # Codes, names from the source and keys of rows; the database keeps out anything else.
        harmless = {"text", "action", "actor", "on_table", "on_row"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="kernel_auditentry_codes_only",
                condition=Q(action__regex=codes.ACTION)
                & Q(actor__regex=codes.ACTOR)
                & Q(on_table__regex=codes.TABLE)
                & Q(on_row__regex=codes.ROW),
            )
        ]
        indexes = [
            # "Who looked at me" and "what happened to this row".
            models.Index(fields=["lao", "on_row"], name="kernel_auditentry_on_row")
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.action} {self.actor}"

    @property
    def said(self) -> dict[str, Any]:
        """The hashed text, read: the columns, ``lao``, ``fields`` and ``why``."""
        said: dict[str, Any] = json.loads(self.text)
        return said

    @classmethod
    def about(
        cls,
        action: str,
        *,
        by: Actor,
        now: datetime,
        on: models.Model | None,
        fields: Iterable[str],
        why: str,
    ) -> Self:
        """
        An entry for the LAO in scope, not yet saved.

        :raises NotACode: something here could name or describe a person.
        """
        assert now.utcoffset() is not None, "the moment needs its time zone"
        entry = cls(
            action=codes.action(action),
            actor=codes.check(codes.ACTOR, by.code),
            happened_at=now,
            on_table=on._meta.db_table if on else "",
            on_row=codes.check(codes.ROW, str(on.pk)) if on else "",
        )
        _must_be_of_this_lao(on)
        entry.text = canonical(
            {
                "id": str(entry.pk),
                "lao": here(),
                "happened_at": _spelt(now),
                "action": entry.action,
                "actor": entry.actor,
                "on_table": entry.on_table,
                "on_row": entry.on_row,
                "fields": _names(on, fields),
                "why": codes.reason(why) if why else "",
            }
        )
        return entry


class AuditLink(LaoOwned):
    """
    The place of an entry in its LAO's chain; its ``id`` is the entry's.

    Written by the database alone, at commit, so that writers wait for each other only there.
    """

    #: 1, 2, 3 … without a gap.
    number = models.PositiveBigIntegerField(editable=False)
    #: SHA-256 of the hash before (32 zero bytes before the first) and the entry's text in UTF-8.
    hash = models.BinaryField()

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        harmless = {"hash"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lao", "number"], name="kernel_auditlink_one_place")
        ]

    def __str__(self) -> str:
        return f"{self.number} {bytes(self.hash).hex()}"


class AuditHead(LaoOwned):
    """The last link of each LAO, for the next one to hold on to. Written by the database alone."""

    number = models.PositiveBigIntegerField(editable=False)
    hash = models.BinaryField()

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        harmless = {"hash"}
        keep = "forever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lao"], name="kernel_audithead_one_a_lao")]

    def __str__(self) -> str:
        return f"{self.number} {bytes(self.hash).hex()}"


def _must_be_of_this_lao(on: models.Model | None) -> None:
    if isinstance(on, LaoOwned):
        assert on.lao_id == here(), "the row belongs to another LAO than the one in scope"


def _names(on: models.Model | None, fields: Iterable[str]) -> list[str]:
    names = codes.field_names(fields)
    if on is not None:
        known = {field.name for field in on._meta.get_fields()}
        assert known.issuperset(names), f"{on._meta.label} has not all of the fields {names}"
    return names


def _spelt(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
