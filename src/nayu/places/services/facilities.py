"""Facilities and their owners."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel import audit, events
from nayu.kernel.errors import Refused
from nayu.kernel.permissions import Actor, require
from nayu.kernel.scope import here
from nayu.kernel.thai_order import sort_key
from nayu.places import policy
from nayu.places.events import FacilityChanged
from nayu.places.models import Facility, FacilityOwnership, Lao, Village
from nayu.places.selectors.given_addresses import Address, check_address
from nayu.places.services.territory import EndsTooEarly, UnknownVillage

_HCODE_DIGITS = {5, 9}


class BadHcode(Refused):
    sentence = _("The code of a health facility has five or nine digits.")
    status = 422


class HcodeTaken(Refused):
    sentence = _("Another facility of your area already has this code.")


class SameOwner(Refused):
    sentence = _("It already belongs to this owner.")


class OwnedLater(Refused):
    sentence = _("An owner from that day or a later one is already recorded.")


class AlreadyClosed(Refused):
    sentence = _("This facility is already closed.")


@dataclass(frozen=True, slots=True)
class FacilityFacts:
    name_th: str
    kind: Facility.Kind
    name_en: str = ""
    hcode: str = ""
    village_code: str | None = None
    address: Address = field(default_factory=Address)
    open_on_holidays: bool = False
    opened_on: date | None = None
    source: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """``name`` where the kind does not say it all: which school, which temple."""

    kind: FacilityOwnership.Owner
    name: str = ""
    source: str = ""
    is_demo: bool = False


@transaction.atomic
def register_facility(
    *, by: Actor, now: datetime, facts: FacilityFacts, owner: Owner, owned_since: date | None = None
) -> Facility:
    """
    :param owned_since: None = as long as anybody knows.
    :raises BadHcode: neither five nor nine ASCII digits.
    :raises HcodeTaken: an open facility of this LAO has it.
    :raises UnknownVillage: abolished, or none.
    :raises UnknownSubdistrict: likewise of the address.
    :raises PointElsewhere: the point is not in Thailand.
    :raises BadPostCode: not five digits.
    """
    Lao.objects.select_for_update(of=("self",)).get(pk=here())
    require(by, policy.KEEP_FACILITIES)
    _check(facts)

    facility = Facility(
        name_th=facts.name_th.strip(),
        name_en=facts.name_en.strip(),
        sort_key=sort_key(facts.name_th.strip()),
        kind=facts.kind,
        hcode=facts.hcode,
        village_id=facts.village_code,
        open_on_holidays=facts.open_on_holidays,
        opened_on=facts.opened_on,
        source=facts.source,
        is_demo=facts.is_demo,
    )
    facts.address.write_to(facility)
    facility.save(force_insert=True)
    _give(facility, owner, owned_since)

    audit.record("facility.registered", by=by, now=now, on=facility)
    events.announce(FacilityChanged(lao_id=here(), facility_id=facility.pk))
    return facility


def _check(facts: FacilityFacts) -> None:
    code = facts.hcode
    if code and not (code.isascii() and code.isdigit() and len(code) in _HCODE_DIGITS):
        raise BadHcode
    if code and Facility.objects.filter(hcode=code, closed_on=None).exists():
        raise HcodeTaken
    village_code = facts.village_code
    villages = Village.objects.filter(code=village_code, abolished_on=None)
    if village_code is not None and not villages.exists():
        raise UnknownVillage
    check_address(facts.address)


def _give(facility: Facility, owner: Owner, since: date | None) -> None:
    FacilityOwnership.objects.create(
        facility=facility,
        owner=owner.kind,
        owner_name=owner.name.strip(),
        valid_from=since,
        source=owner.source,
        is_demo=owner.is_demo,
    )


@transaction.atomic
def hand_over_facility(
    *, by: Actor, now: datetime, facility_id: UUID, owner: Owner, on: date
) -> Facility:
    """
    From a day on it belongs to somebody else; who owned it before stays on record.

    :raises SameOwner: nothing would change.
    :raises OwnedLater: the day does not come after the last change.
    """
    facility = Facility.objects.select_for_update(of=("self",)).get(pk=facility_id)
    require(by, policy.KEEP_FACILITIES)
    owned = FacilityOwnership.objects.filter(facility=facility)
    if owned.filter(Q(valid_from__gte=on) | Q(valid_to__gt=on)).exists():
        raise OwnedLater
    last = owned.filter(valid_to=None).first()
    if last and (last.owner, last.owner_name) == (owner.kind, owner.name.strip()):
        raise SameOwner

    if last:
        last.valid_to = on
        last.save(update_fields=["valid_to"])
    _give(facility, owner, on)

    audit.record("facility.handed_over", by=by, now=now, on=facility)
    events.announce(FacilityChanged(lao_id=here(), facility_id=facility.pk))
    return facility


@transaction.atomic
def close_facility(*, by: Actor, now: datetime, facility_id: UUID, on: date) -> Facility:
    """
    :raises AlreadyClosed: its last day is recorded.
    :raises EndsTooEarly: not after it opened.
    """
    facility = Facility.objects.select_for_update(of=("self",)).get(pk=facility_id)
    require(by, policy.KEEP_FACILITIES)
    if facility.closed_on is not None:
        raise AlreadyClosed
    if facility.opened_on is not None and on <= facility.opened_on:
        raise EndsTooEarly

    facility.closed_on = on
    facility.save(update_fields=["closed_on"])

    audit.record("facility.closed", by=by, now=now, on=facility, fields=["closed_on"])
    events.announce(FacilityChanged(lao_id=here(), facility_id=facility.pk))
    return facility
