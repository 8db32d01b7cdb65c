"""
Text as it is kept: one spelling for what looks the same, nothing that cannot be seen.

Phones, old documents and PDF copies spell ตำบล in ways that look alike and compare unequal.
"""

import re
import unicodedata

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)

_TONES = "\u0e48-\u0e4b"
_SARA_AM = "\u0e33"
#: Nikhahit and sara aa with at most two tones around: what an old font needed to draw sara am.
_SPLIT_SARA_AM = re.compile(f"([{_TONES}]?)\u0e4d([{_TONES}]?)\u0e32")
_TONE_AFTER_SARA_AM = re.compile(f"{_SARA_AM}([{_TONES}]+)")
_TWO_SARA_E = "\u0e40\u0e40"
_SARA_AE = "\u0e41"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Every space that is not the common one: no-break, figure, ideographic and their like.
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_AFTER_PICTURE = "\ufe0f\U0001f3fb-\U0001f3ff"
#: A joiner makes one picture of two (a family, a profession); anywhere else it is invisible.
_LONE_JOINER = re.compile(f"(?<![{_PICTURE}{_AFTER_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")

#: Control characters but tab and line feed, halves of surrogate pairs, non-characters, zero widths,
#: and the marks that turn the direction of writing (a file name can be made to lie with them).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
#: What a decoder leaves behind where bytes were no text, and what no honest form sends.
_UNREADABLE = re.compile("[\x00\ufffd\ud800-\udfff]")


def to_arabic_digits(text: str) -> str:
    """๒๕๖๙ → 2569."""
    return text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """2569 → ๒๕๖๙."""
    return text.translate(_TO_THAI)


def is_readable(text: str) -> bool:
    """False for NUL, a lone surrogate, or the mark of bytes that could not be decoded."""
    return _UNREADABLE.search(text) is None


def clean_text(text: str) -> str:
    """
    The one spelling of a text; never raises, and cleaning twice changes nothing more.

    Line ends become line feeds, odd spaces common ones; emoji stay whole.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _ODD_SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    text = _LONE_JOINER.sub("", text)
    return _spell(text)


def _spell(text: str) -> str:
    # One rule can prepare the ground for another; typed text settles in the first round.
    while (spelt := _spell_once(text)) != text:
        text = spelt
    return text


def _spell_once(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _SPLIT_SARA_AM.sub(rf"\1\2{_SARA_AM}", text)
    text = _TONE_AFTER_SARA_AM.sub(rf"\1{_SARA_AM}", text)
    return text.replace(_TWO_SARA_E, _SARA_AE)
