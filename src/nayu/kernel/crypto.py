"""
What the database must keep without being able to read.

A sealed value is ``key id : nonce : AES-256-GCM ciphertext``. It is bound to its place, ``lao |
table | row | field``, so a ciphertext moved anywhere else does not open. Its length still tells
the length of what is inside.

The master keys (``NAYU_KEYS``, newest first) never leave the environment; every LAO has keys of
its own, derived from them. To rotate, put a new key in front, restart, :func:`reseal` every LAO's
rows, then take the old key away.
"""

import base64
import binascii
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Never, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from nayu.kernel.tenancy import LaoOwned

_Set_contra = TypeVar("_Set_contra", contravariant=True)
_Got_co = TypeVar("_Got_co", covariant=True)

_KEY: Final = re.compile(r"([a-z0-9-]{1,16}):([A-Za-z0-9+/=]+)", re.ASCII)
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class BadKeys(Exception):
    """``NAYU_KEYS`` is empty or cannot be read; says which key, never its bytes."""


class UnknownKey(Exception):
    """A value was sealed with a master key that ``NAYU_KEYS`` does not hold (any more)."""


class SealBroken(Exception):
    """A sealed value was changed, or is not where it was sealed."""


@lru_cache(maxsize=8)
def _parsed(words: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for number, word in enumerate(words, start=1):
        match = _KEY.fullmatch(word)
        if match is None:
            raise BadKeys(f"key {number} of NAYU_KEYS is not written as id:base64")
        name, encoded = match.groups()
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise BadKeys(f"key {name!r} of NAYU_KEYS is not base64") from None
        if len(key) != _KEY_BYTES:
            raise BadKeys(f"key {name!r} of NAYU_KEYS has {len(key)} bytes, not {_KEY_BYTES}")
        if name in keys:
            raise BadKeys(f"key {name!r} stands twice in NAYU_KEYS")
        keys[name] = key
    if not keys:
        raise BadKeys("NAYU_KEYS holds no key")
    return keys


def master_keys() -> dict[str, bytes]:
    """
    Master keys by id, newest first.

    :raises BadKeys: the setting cannot be read.
    """
    return _parsed(tuple(settings.NAYU_KEYS))


@lru_cache(maxsize=20_000)
def _derived(master: bytes, label: str) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=label.encode()).derive(master)


def fingerprint(master: bytes) -> str:
    """Tells keys apart without telling anything about them: 16 hexadecimal digits."""
    return _derived(master, "nayu|fingerprint")[:8].hex()


def _blind(master: bytes, lao_id: int, purpose: str, value: str) -> bytes:
    pepper = hmac.HMAC(_derived(master, f"nayu|index|{lao_id}|{purpose}"), hashes.SHA256())
    pepper.update(value.encode("utf-8", "surrogatepass"))
    return pepper.finalize()


def blind_index(lao_id: int, purpose: str, value: str) -> bytes:
    """
    32 bytes by which an equal value is found without being stored; made with the newest key.

    :param value: already normalised, because one different character is a different index.
    """
    return _blind(next(iter(master_keys().values())), lao_id, purpose, value)


def blind_indexes(lao_id: int, purpose: str, value: str) -> list[bytes]:
    """The index under every key still held: ask ``__in`` these, so that a rotation hides no row."""
    return [_blind(master, lao_id, purpose, value) for master in master_keys().values()]


class Ciphertext(bytes):
    """A sealed value as the database holds it; it does not show itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<sealed with {self.key_id!r}, {len(self)} bytes>"

    __str__ = __repr__

    @property
    def key_id(self) -> str:
        return self.partition(b":")[0].decode("ascii", "replace")


def _cipher(key_id: str, lao_id: int) -> AESGCM:
    master = master_keys().get(key_id)
    if master is None:
        raise UnknownKey(f"NAYU_KEYS holds no key {key_id!r}")
    return AESGCM(_derived(master, f"nayu|seal|{lao_id}"))


class _SealedValue(DeferredAttribute):
    """Opens on access; the row in memory keeps what the database gave."""

    field: "Sealed[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname, self)
        if value is self:
            value = super().__get__(instance, cls)
        return self.field.opened(instance, value) if isinstance(value, Ciphertext) else value

    def __set__(self, instance: models.Model, value: object) -> None:
        if not (value is None or isinstance(value, str | Ciphertext)):
            raise TypeError(f"{self.field} seals text, not {type(value).__name__}")
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Text = models.TextField
else:

    class _Text(models.TextField):
        # Generic for the type checker only, as Django's other fields are.
        __class_getitem__ = classmethod(lambda cls, _types: cls)


class Sealed(_Text[_Set_contra, _Got_co]):
    """
    Text of any length that only this row of this LAO can open.

    ``values()`` gives the :class:`Ciphertext`. Searching it is refused, except for null: keep a
    :func:`blind_index` beside it. So are ``update()`` and ``bulk_update()``, which do not know the
    row; ``save()`` and ``bulk_create()`` do. Renaming the table or the column breaks every seal,
    and a field added to a table that has rows is ``null=True``, for no default fits every row.
    """

    descriptor_class = _SealedValue

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not issubclass(self.model, LaoOwned):
            found.append(
                checks.Error("Only a row of an LAO can be sealed.", obj=self, id="nayu.E010")
            )
        return found

    def _place(self, instance: Any) -> tuple[int, bytes]:
        lao_id: int = instance.lao_id
        assert instance.pk is not None, f"{self} needs the row's id before its value"
        table = self.model._meta.db_table
        return lao_id, f"{lao_id}|{table}|{instance.pk}|{self.column}".encode()

    def opened(self, instance: models.Model, sealed: Ciphertext) -> str:
        """
        :raises SealBroken: changed, or sealed for another place.
        :raises UnknownKey: its master key is gone.
        """
        lao_id, place = self._place(instance)
        key_id, _, rest = sealed.partition(b":")
        cipher = _cipher(sealed.key_id, lao_id)
        try:
            text = cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], key_id + b"|" + place)
        except (InvalidTag, ValueError):
            raise SealBroken(f"{place.decode()} does not open") from None
        return text.decode("utf-8", "surrogatepass")

    def sealed(self, instance: models.Model, text: str) -> Ciphertext:
        lao_id, place = self._place(instance)
        key_id = next(iter(master_keys()))
        nonce = os.urandom(_NONCE_BYTES)
        data = text.encode("utf-8", "surrogatepass")
        place = key_id.encode() + b"|" + place
        return Ciphertext(
            key_id.encode() + b":" + nonce + _cipher(key_id, lao_id).encrypt(nonce, data, place)
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        del add
        # Opened first even when untouched: a copied row must fail here, not when it is read.
        text = getattr(model_instance, self.attname)
        return None if text is None else self.sealed(model_instance, text)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        del connection, prepared
        if value is None:
            return None
        if not isinstance(value, Ciphertext):
            raise TypeError(f"{self} is written by save() or bulk_create() and never compared")
        return bytes(value)

    def from_db_value(self, value: Any, *context: Any) -> Ciphertext | None:
        del context
        return None if value is None else Ciphertext(value)

    def get_lookup(self, lookup_name: str) -> Any:
        # Without a lookup Django refuses the query, and does not repeat what was searched for.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> Never:
        del obj
        raise TypeError(f"{self} does not leave in clear: not serialised")


def sealed_fields(model: type[models.Model]) -> list[Sealed[Any, Any]]:
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


def _reseal_page(model: type[LaoOwned], after: Any, size: int) -> tuple[list[LaoOwned], int]:
    """One transaction: the next rows by id, locked, and how many of them were written."""
    newest = next(iter(master_keys()))
    names = [field.attname for field in sealed_fields(model)]
    rows = model.objects.select_for_update(of=("self",)).only("pk", "lao", *names).order_by("pk")
    written = 0
    with transaction.atomic():
        page = list((rows.filter(pk__gt=after) if after else rows)[:size])
        for row in page:
            held = {name: row.__dict__[name] for name in names}
            old = [n for n, value in held.items() if value is not None and value.key_id != newest]
            if old:
                row.save(update_fields=old)
                written += 1
    return page, written


def reseal(model: type[LaoOwned], *, size: int = 500) -> int:
    """
    Seal again, with the newest key, the rows of the LAO in scope that carry an older one.

    Works in transactions of ``size`` rows, beside running work, and can be started again after
    an interruption. Returns the number of rows written.
    """
    total, after = 0, None
    while True:
        page, written = _reseal_page(model, after, size)
        total += written
        if len(page) < size:
            return total
        after = page[-1].pk
