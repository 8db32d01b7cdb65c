"""A face, or the first letter of a name."""

from typing import Any
from zlib import crc32

from nayu.kernel.components.library import one_of, register

#: Vowels that are written before the consonant they follow in speech.
_WRITTEN_FIRST = "เแโใไ"
_TINTS = 5


def initial(name: str) -> str:
    """The letter that a name begins with: ส of สมหญิง, and ป of เปรมใจ."""
    return name.lstrip(_WRITTEN_FIRST + " ")[:1].upper()


@register.inclusion_tag("kernel/components/avatar.html")
def avatar(name: str, *, photo: str = "", size: str = "m", named: bool = False) -> dict[str, Any]:
    """
    :param name: given name, without the prefix.
    :param photo: address of a picture.
    :param named: no name stands beside it, so it is spoken.
    """
    return {
        "name": name,
        "initial": initial(name),
        "photo": photo,
        "size": one_of("size", size, ("s", "m", "l")),
        "tint": crc32(name.encode()) % _TINTS + 1,
        "named": named,
    }
