"""
What an audit entry may say: codes and names that developers wrote, and keys.

Entries can never be changed, so nothing that a person could ask us to forget may get in. A pattern
cannot know every name; it keeps out what people type: Thai text, addresses, numbers long enough to
be a telephone or a card, lines, mail addresses.
"""

import re
from collections.abc import Iterable

_WORD = "[a-z][a-z0-9_]*"
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#: A key: a UUID, or a serial number too short to be a telephone number (ten digits).
_KEY = f"({_UUID}|[0-9]{{1,9}})"

# In the common part of Python's and PostgreSQL's syntax: the table keeps them too.
ACTION = rf"^{_WORD}(\.{_WORD})+$"
ACTOR = rf"^(guest|system:{_WORD}([.-][a-z0-9_]+)*|{_WORD}:{_KEY})$"
TABLE = rf"^({_WORD})?$"
ROW = f"^{_KEY}?$"

_REASON = "[A-Za-z][A-Za-z0-9 .,:;'()/_-]{0,119}"
_LONG_NUMBER = re.compile("[0-9]{5}")


class NotACode(ValueError):
    """Something that could name or describe a person was given to the audit."""


def check(pattern: str, value: str) -> str:
    """:raises NotACode: the value is not of the pattern."""
    # re's "$" would let a line end through.
    if not re.fullmatch(pattern, value):
        raise NotACode(f"the audit keeps codes and names only, which this is not: {value[:20]!r}")
    return value


def action(value: str) -> str:
    """A dotted code, ``complaint.resolved``. :raises NotACode: anything else."""
    return _no_long_number(check(ACTION, value))


def reason(value: str) -> str:
    """A code or a short English sentence from the source code. :raises NotACode: anything else."""
    return _no_long_number(check(_REASON, value))


def field_names(values: Iterable[str]) -> list[str]:
    """Each once, sorted. :raises NotACode: one is not an identifier."""
    assert not isinstance(values, str), "fields is a tuple of names"
    return sorted({_no_long_number(check(_WORD, value)) for value in values})


def _no_long_number(value: str) -> str:
    if _LONG_NUMBER.search(value):
        raise NotACode("the audit keeps no number that could be somebody's")
    return value
