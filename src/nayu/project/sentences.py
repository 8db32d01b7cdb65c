"""A sentence for a terminal, where nobody has chosen a language: Thai first, then English."""

from django.utils import translation
from django.utils.functional import Promise


def both(sentence: str | Promise | BaseException) -> str:
    """:param sentence: translated when it is shown, so not yet a string where it has a Thai one."""
    said = []
    for language in ("th", "en"):
        with translation.override(language):
            said.append(str(sentence))
    return " · ".join(dict.fromkeys(said))
