"""Looking up provinces, districts and sub-districts."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace

from nayu.places.models import District, Province, Subdistrict, Succession

_PROVINCE_DIGITS, _DISTRICT_DIGITS, _SUBDISTRICT_DIGITS = 2, 4, 6
_WORDS = re.compile(r"^(?:จังหวัด|อำเภอ|ตำบล|แขวง|เขต|จ\.|อ\.|ต\.)\s*")
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Area:
    """A province, district or sub-district; ``parents`` from the nearest up."""

    code: str
    name_th: str
    name_en: str
    abolished_on: date | None = None
    parents: tuple["Area", ...] = ()

    @property
    def path_th(self) -> str:
        """``ตำบลปากพูน อำเภอเมืองนครศรีธรรมราช จังหวัดนครศรีธรรมราช``; Bangkok has its own words."""
        return " ".join(f"{_word(area.code)}{area.name_th}" for area in (self, *self.parents))

    @property
    def path_en(self) -> str:
        return ", ".join(area.name_en for area in (self, *self.parents))


@dataclass(frozen=True, slots=True)
class Lookup:
    """
    What a code means today.

    ``asked`` is the area with that code. ``current`` is itself while it exists, afterwards the
    areas that took its place; empty when nobody knows which.
    """

    asked: Area
    current: tuple[Area, ...]
    #: True when every succession on the way stands in the Royal Gazette, not only in a likeness.
    is_certain: bool

    @property
    def was_abolished(self) -> bool:
        return self.asked.abolished_on is not None


def _word(code: str) -> str:
    if code == "10":
        return ""
    bangkok = code.startswith("10")
    words = {
        _PROVINCE_DIGITS: "จังหวัด",
        _DISTRICT_DIGITS: "เขต" if bangkok else "อำเภอ",
        _SUBDISTRICT_DIGITS: "แขวง" if bangkok else "ตำบล",
    }
    return words[len(code)]


def area_of(row: Province | District | Subdistrict) -> Area:
    if isinstance(row, Province):
        parents: tuple[Area, ...] = ()
    else:
        above = area_of(row.province if isinstance(row, District) else row.district)
        parents = (above, *above.parents)
    return Area(row.code, row.name_th, row.name_en, row.abolished_on, parents)


def _districts() -> QuerySet[District]:
    return District.objects.select_related("province")


def _subdistricts() -> QuerySet[Subdistrict]:
    return Subdistrict.objects.select_related("district__province")


def _with_codes(codes: list[str], digits: int) -> list[Area]:
    if digits == _PROVINCE_DIGITS:
        return [area_of(row) for row in Province.objects.filter(code__in=codes).order_by("code")]
    if digits == _DISTRICT_DIGITS:
        return [area_of(row) for row in _districts().filter(code__in=codes).order_by("code")]
    return [area_of(row) for row in _subdistricts().filter(code__in=codes).order_by("code")]


def look_up(code: str) -> Lookup | None:
    """The area with a code of two, four or six digits, and what became of it; None = no such."""
    if not _CODE.fullmatch(code):
        return None
    found = _with_codes([code], len(code))
    if not found:
        return None
    asked = found[0]
    if asked.abolished_on is None:
        return Lookup(asked, (asked,), is_certain=True)

    bases: set[str] = set()
    heirs = _heirs([code], bases)
    current = tuple(area for area in _with_codes(heirs, len(code)) if area.abolished_on is None)
    return Lookup(asked, current, is_certain=bases == {Succession.Basis.NOTICE})


def _heirs(codes: list[str], bases: set[str]) -> list[str]:
    """Follows a succession of successions; collects on what they rest."""
    seen, waiting = set(codes), list(codes)
    while waiting:
        steps = list(Succession.objects.filter(old__in=waiting))
        bases.update(step.basis for step in steps)
        waiting = sorted({step.new for step in steps} - seen)
        seen.update(waiting)
    return sorted(seen - set(codes))


def provinces() -> list[Area]:
    """As they stand today, in Thai order."""
    rows = Province.objects.filter(abolished_on=None).order_by("sort_key")
    return [area_of(row) for row in rows]


def districts(province_code: str) -> list[Area]:
    rows = _districts().filter(province_id=province_code, abolished_on=None)
    return [area_of(row) for row in rows.order_by("sort_key", "code")]


def subdistricts(district_code: str) -> list[Area]:
    rows = _subdistricts().filter(district_id=district_code, abolished_on=None)
    return [area_of(row) for row in rows.order_by("sort_key", "code")]


def search_areas(text: str, *, province_code: str = "", limit: int = 20) -> list[Area]:
    """
    Districts and sub-districts whose Thai or English name begins so, districts first.

    ``ต.ปากพูน`` finds ปากพูน, ``kophangan`` finds Ko Pha-ngan.

    :param province_code: only under this province; empty = everywhere.
    """
    if not text.strip():
        return []
    wanted = _begins_so(text.strip()) & Q(abolished_on=None, code__startswith=province_code)
    latin = _latin()
    districts_found = _districts().annotate(latin=latin).filter(wanted)
    subdistricts_found = _subdistricts().annotate(latin=latin).filter(wanted)
    found = [
        *map(area_of, districts_found.order_by("sort_key", "code")[:limit]),
        *map(area_of, subdistricts_found.order_by("sort_key", "code")[:limit]),
    ]
    return found[:limit]


def _begins_so(text: str) -> Q:
    wanted = Q(name_th__startswith=text) | Q(name_th__startswith=_WORDS.sub("", text) or text)
    letters = re.sub(r"[ -]", "", text).lower()
    return wanted | Q(latin__startswith=letters) if letters.isascii() else wanted


def _latin() -> Replace:
    bare = Replace(Lower("name_en"), Value("-"), Value(""))
    return Replace(bare, Value(" "), Value(""), output_field=CharField())


def with_post_code(post_code: str) -> list[Area]:
    """The sub-districts of today that use a post code, in Thai order."""
    rows = _subdistricts().filter(post_codes__code=post_code, abolished_on=None)
    return [area_of(row) for row in rows.order_by("sort_key", "code")]


def post_codes(subdistrict_code: str) -> list[str]:
    rows = Subdistrict.objects.filter(code=subdistrict_code).order_by("post_codes__code")
    return [code for code in rows.values_list("post_codes__code", flat=True) if code]
