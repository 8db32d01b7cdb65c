"""
What is known about people, and for how long.

Every model says it about itself::

    class Privacy:
        kind = "C2"
        personal = {"reporter", "detail"}  # free text names people
        harmless = {"topic_code"}          # holds words, but none about a person
        keep = "5y after closed_at"

``kind`` is the highest class in the table: C0 public, C1 internal, C2 personal, C3 sensitive,
C4 secrets. **Every field that can hold words stands in ``personal`` or in ``harmless``**, however
short it is, because a telephone number is short; a field with ``choices`` holds only our words.
``keep`` is read by :meth:`Keep.read`; with ``swept = True`` rows go by themselves when it is over
(:mod:`nayu.kernel.privacy.sweeping`). Tables of libraries stand in :data:`LIBRARY_TABLES`.
A model that forgets makes ``manage check``, and with it the build, fail.
"""

from nayu.kernel.privacy import checks as _checks
from nayu.kernel.privacy.declarations import (
    LIBRARY_TABLES,
    BadDeclaration,
    Declaration,
    Keep,
    declared,
    personal_fields,
)
from nayu.kernel.privacy.erased import ErasedId, erased_ids, remember_erased

__all__ = [
    "LIBRARY_TABLES",
    "BadDeclaration",
    "Declaration",
    "ErasedId",
    "Keep",
    "declared",
    "erased_ids",
    "personal_fields",
    "remember_erased",
]

del _checks  # imported to be registered
