"""Who acts in the tests of this room, and its smallest rows."""

from dataclasses import dataclass
from datetime import UTC, datetime

from nayu.kernel.permissions import Guest, System
from nayu.places.models import Facility, FacilityOwnership, Village
from nayu.places.services.facilities import FacilityFacts, Owner, register_facility
from nayu.places.services.territory import number_village

#: A Monday noon in Thailand.
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Somebody:
    code: str
    roles: frozenset[str]


def _with(role: str) -> Somebody:
    return Somebody(f"person:{len(role)}", frozenset({"everyone", role}))


ADMINISTRATOR = _with("lao_administrator")
OPERATOR = _with("operator")
OFFICER = _with("officer")
CLERK = _with("clerk")
SYSTEM = System("test")
GUEST = Guest()


def make_village(moo: int = 1, subdistrict_code: str = "800120") -> Village:
    return number_village(
        by=OPERATOR, now=NOON, subdistrict_code=subdistrict_code, moo=moo, name_th=f"บ้านที่ {moo}"
    )


def make_facility(name_th: str = "โรงเรียนบ้านสวน", *, open_on_holidays: bool = False) -> Facility:
    facts = FacilityFacts(
        name_th=name_th, kind=Facility.Kind.SCHOOL, open_on_holidays=open_on_holidays
    )
    owner = Owner(FacilityOwnership.Owner.EDUCATION)
    return register_facility(by=OFFICER, now=NOON, facts=facts, owner=owner)
