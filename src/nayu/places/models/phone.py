"""Telephone numbers: kept as E.164, shown as people in Thailand write them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_EXTENSION = re.compile(
    r"^(?P<number>.+?)\s*(?:ต่อ|#|;?\s*ext[.=]?)\s*(?P<extension>[0-9]{1,6})$", re.IGNORECASE
)
_BETWEEN_DIGITS = re.compile(r"[\s().\u00a0-]|\u2010|\u2011|\u2012|\u2013")
_COUNTRY = re.compile(r"^(?:\+66|0066)0?(?=[1-9])")
#: After the 0: mobile numbers have nine digits, fixed lines eight.
_MOBILE = re.compile(r"^[689][0-9]{8}$")
_FIXED = re.compile(r"^[2-7][0-9]{7}$")
_TOLL_FREE = re.compile(r"^1[89]00[0-9]{6}$")
_SHORT = re.compile(r"^1[0-9]{2,3}$")
_ABROAD = re.compile(r"^\+(?!66)[1-9][0-9]{7,14}$")


class UnclearPhone(Refused):
    sentence = _(
        "This is not one telephone number. Write one number with its area code,"
        " for example 075-774-131 or 081-234-5678."
    )
    status = 422


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` is E.164, or a short code such as 1669 that is dialled as it stands."""

    number: str
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.number};ext={self.extension}" if self.extension else self.number


def read_phone(text: str) -> Phone:
    """
    One number as people type it: Thai digits, spaces, hyphens, +66, "ต่อ 12".

    :raises UnclearPhone: no number, a range such as 075-774131-3, or more than one.
    """
    typed = text.translate(_THAI_DIGITS).strip()
    found = _EXTENSION.match(typed)
    number = _BETWEEN_DIGITS.sub("", found["number"] if found else typed)
    return Phone(_e164(number), found["extension"] if found else "")


def _e164(number: str) -> str:
    if _ABROAD.match(number) or _SHORT.match(number):
        return number
    if _TOLL_FREE.match(number):
        return f"+66{number}"
    inside, known = _COUNTRY.subn("", number)
    if not known and number.startswith("0"):
        inside, known = number[1:], 1
    if known and (_MOBILE.match(inside) or _FIXED.match(inside) or _TOLL_FREE.match(inside)):
        return f"+66{inside}"
    raise UnclearPhone


def show_phone(number: str, extension: str = "") -> str:
    """``+6675774131`` → ``075-774-131``; a number abroad stays as it is kept."""
    shown = _grouped(number)
    return f"{shown} ต่อ {extension}" if extension else shown


def _grouped(number: str) -> str:
    if not number.startswith("+66"):
        return number
    inside = number.removeprefix("+66")
    if _TOLL_FREE.match(inside):
        return f"{inside[:4]}-{inside[4:7]}-{inside[7:]}"
    area = 1 if inside.startswith("2") else 2
    return f"0{inside[:area]}-{inside[area : area + 3]}-{inside[area + 3 :]}"
