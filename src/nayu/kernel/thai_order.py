"""
Thai order as a key: the order of the dictionary, for a database that knows no Thai collation.

Keep :func:`sort_key` in a :func:`sort_key_field`: it sorts by bytes, as Python does by code point.
"""

import re
import unicodedata

from django.db import models

_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
#: Signs that decide only between words that are otherwise alike: shortener, tones, silencer.
_MARKS = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e")
#: Abbreviation and repetition are no letters, but they are read: before every letter and digit.
_READ_SIGNS = {"\u0e2f": "#", "\u0e46": "$"}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
#: Sorts before every letter and every mark, so that the shorter and the unmarked come first.
_BEFORE_ALL = "!"
_UNMARKED = "."


def sort_key(text: str) -> str:
    """
    Words compare by consonants and vowels, a vowel written before its consonant counting after it;
    then by tone marks; then by how they are written. Spaces and punctuation do not count.
    """
    spelt = _spell(text)
    letters: list[str] = []
    marks: list[str] = []
    for sign in _LEADING_VOWEL.sub(r"\2\1", spelt):
        if sign in _MARKS:
            if marks:
                marks[-1] = marks[-1].replace(_UNMARKED, "") + sign
        elif sign in _READ_SIGNS:
            letters.append(_READ_SIGNS[sign])
            marks.append(_UNMARKED)
        elif sign.isalnum() or unicodedata.category(sign) == "Mn":
            letters.append(sign)
            marks.append(_UNMARKED)
    return _BEFORE_ALL.join(("".join(letters), "".join(marks).rstrip(_UNMARKED), spelt))


def _spell(text: str) -> str:
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_THAI_DIGITS)
    spelt = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", spelt)
    return spelt.replace("\u0e40\u0e40", "\u0e41")


def sort_key_field() -> "models.CharField[str, str]":
    """Room for the key of a name, compared byte by byte whatever the database's own order."""
    return models.CharField(max_length=500, db_collation="C", editable=False)
