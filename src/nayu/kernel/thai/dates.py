"""
Days as Thai people write them (Buddhist era) and as they are kept (common era).

The era differs by 543 years for every day; that the year began in April before 2484 is left to
whoever reads papers of that time.
"""

import re
from datetime import date, datetime
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused
from nayu.kernel.thai.text import clean_text, to_arabic_digits

_ERA = 543
#: A bare year is Buddhist from here on, and of the common era below.
_FIRST_BUDDHIST = 2400
_YEARS = range(1857, 2157)
_YEAR_DIGITS = 4
_FISCAL_YEAR_BEGINS = 10

_LONG = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


_MONTHS = {
    name: number
    for names in (_LONG, _SHORT, [name.replace(".", "") for name in _SHORT], _ENGLISH)
    for number, name in enumerate(names, start=1)
}
_THAI_MONTH = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))

_ERA_AND_YEAR = r"(?:(พ|ค)\.?ศ\.?)?\s*([0-9]{1,4})"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})\s*[\s/.-]\s*([0-9]{1,2})\s*[\s/.-]\s*" + _ERA_AND_YEAR)
_NAMED = re.compile(
    rf"(?:วันที่)?\s*([0-9]{{1,2}})[\s-]*({_THAI_MONTH})[a-z]*[\s.,-]*" + _ERA_AND_YEAR
)


class _Era(Enum):
    UNSAID = None
    BUDDHIST = "พ"
    COMMON = "ค"


class NotADate(Refused):
    sentence = _("This is not a date. Write day, month and year, for example 21/11/2569.")
    status = 400


class UnclearYear(Refused):
    sentence = _("Write the year in full with four digits, for example 2569.")
    status = 400


def long_date(day: date) -> str:
    """21 พฤศจิกายน 2569."""
    return f"{day.day} {_LONG[day.month - 1]} {day.year + _ERA}"


def short_date(day: date) -> str:
    """21 พ.ย. 2569."""
    return f"{day.day} {_SHORT[day.month - 1]} {day.year + _ERA}"


def date_and_time(moment: datetime) -> str:
    """21 พฤศจิกายน 2569 เวลา 14.05 น., by the clock of Thailand."""
    local = timezone.localtime(moment)
    return f"{long_date(local)} เวลา {local:%H.%M} น."


def parse_date(typed: str) -> date:
    """
    The day that somebody typed, in either era, with Thai or Arabic digits or a month's name.

    :raises UnclearYear: two digits, which could be either era or century.
    :raises NotADate: no such day, or not written as a day.
    """
    text = to_arabic_digits(clean_text(typed)).strip().lower()
    if iso := _ISO.fullmatch(text):
        return _day(iso["day"], iso["month"], iso["year"], _Era.UNSAID)
    if found := _NUMBERS.fullmatch(text) or _NAMED.fullmatch(text):
        day, month, era, year = found.groups()
        return _day(day, month, year, _Era(era))
    raise NotADate


def _day(day: str, month: str, year: str, era: _Era) -> date:
    common_year = _common_year(year, era)
    try:
        return date(common_year, _MONTHS.get(month) or int(month), int(day))
    except ValueError as error:
        raise NotADate from error


def _common_year(written: str, era: _Era) -> int:
    if len(written) < _YEAR_DIGITS:
        raise UnclearYear
    year = int(written)
    if era is _Era.BUDDHIST or (era is _Era.UNSAID and year >= _FIRST_BUDDHIST):
        year -= _ERA
    if year not in _YEARS:
        raise NotADate
    return year


def fiscal_year(day: date) -> int:
    """Buddhist year of the budget: 1 October 2569 belongs to 2570."""
    return day.year + _ERA + (day.month >= _FISCAL_YEAR_BEGINS)


def fiscal_year_days(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year, given in the Buddhist era."""
    return date(year - _ERA - 1, _FISCAL_YEAR_BEGINS, 1), date(year - _ERA, 9, 30)


def fiscal_year_label(year: int) -> str:
    return f"ปีงบประมาณ {year}"
