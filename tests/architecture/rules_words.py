"""The Thai catalogue holds every sentence of the source, and no other."""

import io
from collections.abc import Iterator
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.house import PACKAGE, House

CATALOGUE = f"{PACKAGE}/locale/th/LC_MESSAGES/django.po"

_CONTEXT_FIRST = ((1, "c"), 2)
_WITH_PLURAL = (1, 2)
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": _WITH_PLURAL,
    "ngettext_lazy": _WITH_PLURAL,
    "pgettext": _CONTEXT_FIRST,
    "pgettext_lazy": _CONTEXT_FIRST,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_THAI = range(0x0E00, 0x0E80)

#: Context ("" when none) and English sentence.
Key = tuple[str, str]


def sentences(house: House) -> dict[Key, str]:
    """Every sentence that a person may read, with the first place that says it."""
    found: dict[Key, str] = {}
    for source in house.code:
        for line, key in _extract(source.text):
            found.setdefault(key, f"{source.path}:{line}")
    for name in house.templates:
        # What is no sentence comes back as rows of X; only their indents could mislead.
        text = templatize(house.text(name))
        for line, key in _extract("\n".join(line.strip() for line in text.splitlines())):
            found.setdefault(key, f"{name}:{line}")
    return found


def _extract(text: str) -> Iterator[tuple[int, Key]]:
    for line, words, _, context in extract("python", io.BytesIO(text.encode()), _KEYWORDS):
        yield line, (context or "", words if isinstance(words, str) else words[0])


def the_thai_catalogue_is_complete(house: House) -> list[str]:
    catalogue = read_po(io.BytesIO(house.text(CATALOGUE).encode()), locale="th")
    entries = {_key(message): message for message in catalogue if message.id}
    said = sentences(house)
    return [
        *(
            f"{place} says {key[1]!r}, untranslated"
            for key, place in said.items()
            if key not in entries
        ),
        *(
            f"{CATALOGUE} translates {key[1]!r}, which nobody says"
            for key in entries
            if key not in said
        ),
        *(
            f"{CATALOGUE}: {key[1]!r} {flaw}"
            for key, message in entries.items()
            for flaw in _flaws(message)
        ),
    ]


def _key(message: Message) -> Key:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _flaws(message: Message) -> list[str]:
    flaws = [str(error) for error in message.check()]
    said = message.string or ""
    translations = (said,) if isinstance(said, str) else said
    if message.fuzzy:
        flaws.append("is fuzzy")
    if not all(any(ord(letter) in _THAI for letter in words) for words in translations):
        flaws.append("has no word of Thai in its translation")
    return flaws


RULES = (the_thai_catalogue_is_complete,)
