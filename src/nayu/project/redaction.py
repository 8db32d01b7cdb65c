"""
Logs are read by people who may not know whom they are about, so what names somebody stays out.

Here the last door: whatever a library or an exception says, in its message or its traceback,
numbers that could be a person's, mail addresses, secrets, and the values that PostgreSQL quotes
are struck out. Ids of rows (UUID) and moments stay, because without them nothing can be found.
"""

import logging
import re

#: For ``logging.config``: everybody's log lines go through here.
FORMATTER = {
    "class": "nayu.project.redaction.Redacting",
    "format": "{asctime} {levelname} {name}: {message}",
    "style": "{",
}
STRUCK = "[…]"

_DIGIT = "[0-9๐-๙]"
#: As people write numbers: 1-2345-67890-12-3, (081) 234 5678.
_GAP = r"[ \t\u00a0().\-‐–]{0,3}"
_KEPT = (
    r"(?P<kept>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2})"
)
#: A telephone number has nine digits or more, an ID number thirteen.
_NUMBER = rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{8,}}"
_MAIL = r"[^\s@<>\"'(),;:=]{1,128}(?:@|%40)[^\s@<>\"'(),;:]{1,255}"
_NAMED = (
    r"(?P<name>(?i:password|passwd|secret|token|authorization|cookie|session(?:id)?|[_-]keys?)"
    r"[\"']?\s*[:=]+\s*)(?:\"[^\"\n]*\"|'[^'\n]*'|(?:(?i:bearer|basic)\s+)?[^\s\"',}]+)"
)
_BEARER = r"(?i:bearer|basic)\s+\S{8,}"
_DRAWN = r"(?<![\w-])(?P<token>[A-Za-z0-9_-]{20,})"
#: What follows names the row and quotes its values.
_QUOTED = (
    r"(?P<word>DETAIL|CONTEXT|LINE [0-9]+):.*?"
    r"(?=\n(?:HINT|DETAIL|CONTEXT|QUERY|STATEMENT|LINE [0-9]+):|\n\n|\Z)"
)
_ANY = re.compile(f"{_QUOTED}|{_KEPT}|{_NAMED}|{_BEARER}|{_NUMBER}|{_MAIL}|{_DRAWN}", re.DOTALL)
_FEWEST_DIGITS = 3


def redacted(text: str) -> str:
    return _ANY.sub(_struck, text)


def _struck(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["word"]:
        return f"{found['word']}: {STRUCK}"
    if found["name"]:
        return f"{found['name']}{STRUCK}"
    if found["token"] and not _looks_drawn(found["token"]):
        return found["token"]
    return STRUCK


def _looks_drawn(word: str) -> bool:
    """By chance, not by a programmer: long_names_of_functions_2 stay readable."""
    digits = sum(letter.isdigit() for letter in word)
    mixed = digits and word.lower() != word != word.upper()
    return bool(mixed or digits >= _FEWEST_DIGITS)


class Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # A copy, because other handlers look at the same record.
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg, copy.args = redacted(record.getMessage()), None
        if record.exc_info:
            copy.exc_text = redacted(self.formatException(record.exc_info))
        elif record.exc_text:
            copy.exc_text = redacted(record.exc_text)
        if record.stack_info:
            copy.stack_info = redacted(record.stack_info)
        return super().format(copy)
