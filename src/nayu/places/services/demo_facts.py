"""
The three places of the demonstration: what is known of them, and what is made up.

Everything with ``is_demo`` is invented and marked so on pages; the rest names where it was read.
"""

from dataclasses import dataclass
from decimal import Decimal

from nayu.places.models import ContactPoint, Facility, FacilityOwnership
from nayu.places.selectors.given_addresses import Address
from nayu.places.services.contacts import Contact
from nayu.places.services.facilities import FacilityFacts, Owner
from nayu.places.services.profile import LaoProfile

_TOWN = "th.wikipedia.org เทศบาลเมืองปากพูน; pakpooncity.go.th"
_WIANG_PHRAO = "gpedia.com/th เทศบาลตำบลเวียงพร้าว"


@dataclass(frozen=True, slots=True)
class DemoVillage:
    subdistrict_code: str
    moo: int
    name_th: str
    name_en: str = ""
    #: Empty = the name is made up.
    source: str = ""
    #: Empty = held whole.
    part_note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    people: int
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class DemoPlace:
    host: str
    profile: LaoProfile
    figures: tuple[Figure, ...]
    villages: tuple[DemoVillage, ...]
    facilities: tuple[tuple[FacilityFacts, Owner], ...]
    contacts: tuple[Contact, ...]
    communities: tuple[tuple[str, str], ...] = ()


def _invented_villages(subdistrict_code: str, numbers: range) -> tuple[DemoVillage, ...]:
    return tuple(
        DemoVillage(subdistrict_code, moo, f"หมู่บ้านตัวอย่าง {moo}", f"Example Village {moo}")
        for moo in numbers
    )


def _invented_facility(
    name_th: str, name_en: str, kind: Facility.Kind, owner: FacilityOwnership.Owner
) -> tuple[FacilityFacts, Owner]:
    facts = FacilityFacts(name_th=name_th, name_en=name_en, kind=kind, is_demo=True)
    return facts, Owner(owner, is_demo=True)


def _invented_contacts(host: str) -> tuple[Contact, ...]:
    # No subscriber has a number that begins so, and no host ends in .example.
    return (
        Contact(ContactPoint.Kind.PHONE, "02-000-0000", "สำนักงาน", "Office", is_demo=True),
        Contact(
            ContactPoint.Kind.EMAIL,
            f"office@{host.partition('.')[0]}.example",
            "สารบรรณกลาง",
            "Records office",
            position=1,
            is_demo=True,
        ),
        Contact(
            ContactPoint.Kind.PHONE,
            "1669",
            "การแพทย์ฉุกเฉิน",
            "Medical emergency",
            position=2,
            source="thailandsimple.com/emergency-numbers-in-thailand",
        ),
    )


_KINDS, _OWNERS = Facility.Kind, FacilityOwnership.Owner

_FACILITIES = (
    _invented_facility(
        "โรงพยาบาลส่งเสริมสุขภาพตำบลตัวอย่าง",
        "Example Health-Promoting Hospital",
        _KINDS.HEALTH_CENTRE,
        _OWNERS.PAO,
    ),
    _invented_facility(
        "ศูนย์พัฒนาเด็กเล็กตัวอย่าง", "Example Child Centre", _KINDS.CHILD_CENTRE, _OWNERS.LAO
    ),
    _invented_facility("โรงเรียนตัวอย่าง", "Example School", _KINDS.SCHOOL, _OWNERS.EDUCATION),
    _invented_facility("วัดตัวอย่าง", "Example Temple", _KINDS.TEMPLE, _OWNERS.RELIGION),
)

PAK_PHUN = DemoPlace(
    host="pakphun.localhost",
    profile=LaoProfile(
        district_code="8001",
        address=Address(
            house_no="172",
            moo=4,
            road="ปากพูน–ห้วยไทร",
            subdistrict_code="800120",
            post_code="80000",
            point=(8.53912, 99.97018),
        ),
        area_km2=Decimal("93.78"),
        website="https://pakpooncity.go.th",
        source=_TOWN,
        demo_note="หมู่ที่ 8–12 สถานที่ และช่องทางติดต่อเป็นข้อมูลสาธิต",
    ),
    figures=(
        Figure(34_550, 2021, "th.wikipedia.org เทศบาลเมืองปากพูน (2564)"),
        Figure(32_398, None, "pakpooncity.go.th"),
        Figure(34_642, None, "เว็บไซต์เทศบาล ฉบับเก่า"),
    ),
    villages=(
        # Of number 1 a part presumably belongs to Tha Phae municipality.
        DemoVillage(
            "800120", 1, "ท่าแพ", "Tha Phae", _TOWN, "ส่วนที่อยู่ในเขตเทศบาลเมืองปากพูน (ข้อมูลสาธิต)"
        ),
        DemoVillage("800120", 2, "ดอนทะเล", "Don Thale", _TOWN),
        DemoVillage("800120", 3, "สักงาม", "Sak Ngam", _TOWN),
        DemoVillage("800120", 4, "ห้วยไทร", "Huai Sai", _TOWN),
        DemoVillage("800120", 5, "สวนจันทร์", "Suan Chan", _TOWN),
        DemoVillage("800120", 6, "ท่าเตียน", "Tha Tian", _TOWN),
        DemoVillage("800120", 7, "บ่อโพธิ์", "Bo Pho", _TOWN),
        *_invented_villages("800120", range(8, 13)),
    ),
    facilities=_FACILITIES,
    contacts=_invented_contacts("pakphun.localhost"),
)

WIANG_PHRAO = DemoPlace(
    host="wiangphrao.localhost",
    profile=LaoProfile(
        district_code="5011",
        address=Address(subdistrict_code="501101", post_code="50190"),
        area_km2=Decimal("12.30"),
        source=_WIANG_PHRAO,
        demo_note="หมู่บ้าน ชุมชน สถานที่ และช่องทางติดต่อเป็นข้อมูลสาธิต",
    ),
    figures=(Figure(4_535, 2023, f"{_WIANG_PHRAO} (2566)"),),
    # The municipality spans these two sub-districts; their villages' names are made up.
    villages=(
        *_invented_villages("501101", range(1, 5)),
        *_invented_villages("501102", range(1, 4)),
    ),
    facilities=_FACILITIES,
    contacts=_invented_contacts("wiangphrao.localhost"),
    communities=(("ชุมชนตัวอย่างเหนือ", "501101"), ("ชุมชนตัวอย่างใต้", "501102")),
)

LOM_RAET = DemoPlace(
    host="lomraet.localhost",
    profile=LaoProfile(
        district_code="5208",
        address=Address(subdistrict_code="520801", post_code="52160"),
        demo_note="รหัส อปท. หมู่บ้าน สถานที่ และช่องทางติดต่อเป็นข้อมูลสาธิต",
    ),
    figures=(),
    villages=_invented_villages("520801", range(1, 7)),
    facilities=_FACILITIES,
    contacts=_invented_contacts("lomraet.localhost"),
)

DEMO_PLACES = (PAK_PHUN, WIANG_PHRAO, LOM_RAET)
