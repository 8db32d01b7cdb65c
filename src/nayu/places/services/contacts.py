"""How people reach an LAO and its facilities."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.places import policy
from nayu.places.models import ContactPoint, Facility, Lao
from nayu.places.models.phone import read_phone

_LINE_ID = re.compile(r"@?[a-z0-9][a-z0-9._-]{2,19}")


class BadContact(Refused):
    sentence = _("This is not a valid e-mail address, web address or LINE id.")
    status = 422


class ContactKnown(Refused):
    sentence = _("This is already listed here.")


@dataclass(frozen=True, slots=True)
class Contact:
    """``value`` as a person types it."""

    kind: ContactPoint.Kind
    value: str
    label_th: str = ""
    label_en: str = ""
    position: int = 0
    source: str = ""
    is_demo: bool = False


@transaction.atomic
def list_contact(
    *, by: Actor, now: datetime, contact: Contact, facility_id: UUID | None = None
) -> ContactPoint:
    """
    :param facility_id: None = of the LAO itself.
    :raises UnclearPhone: not one telephone number.
    :raises BadContact: not an address of its kind.
    :raises ContactKnown: it is there.
    """
    # Locked so that the same number cannot be listed twice at once.
    Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_CONTACTS)
    facility = None if facility_id is None else Facility.objects.get(pk=facility_id)
    value, extension = _normalise(contact.kind, contact.value.strip())
    same = ContactPoint.objects.filter(facility=facility, kind=contact.kind)
    if same.filter(value=value, extension=extension).exists():
        raise ContactKnown

    point = ContactPoint.objects.create(
        facility=facility,
        kind=contact.kind,
        value=value,
        extension=extension,
        label_th=contact.label_th.strip(),
        label_en=contact.label_en.strip(),
        position=contact.position,
        source=contact.source,
        is_demo=contact.is_demo,
    )

    audit.record("contact.listed", by=by, now=now, on=point)
    return point


def _normalise(kind: ContactPoint.Kind, value: str) -> tuple[str, str]:
    """:returns: the value as it is kept, and the extension of a telephone."""
    if kind in {ContactPoint.Kind.PHONE, ContactPoint.Kind.FAX}:
        phone = read_phone(value)
        return phone.number, phone.extension
    if kind == ContactPoint.Kind.LINE:
        value = value.lower()
    if not value or not _is_valid(kind, value):
        raise BadContact
    return value, ""


def _is_valid(kind: ContactPoint.Kind, value: str) -> bool:
    if kind == ContactPoint.Kind.LINE:
        return _LINE_ID.fullmatch(value) is not None
    try:
        if kind == ContactPoint.Kind.EMAIL:
            validate_email(value)
        elif kind == ContactPoint.Kind.WEBSITE:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return False
    return True


@transaction.atomic
def withdraw_contact(*, by: Actor, now: datetime, contact_id: UUID) -> None:
    """It is no longer listed, and not kept: a telephone can be a person's own."""
    point = ContactPoint.objects.select_for_update(of=("self",)).get(pk=contact_id)
    require(by, policy.KEEP_CONTACTS)
    audit.record("contact.withdrawn", by=by, now=now, on=point)
    point.delete()
