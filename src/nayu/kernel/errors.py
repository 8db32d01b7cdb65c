"""The expected "no"."""

from typing import ClassVar

from django.utils.functional import Promise


class Refused(Exception):
    """
    A rule says no. Each service declares its own beside the function.

    ``sentence`` is for the person who asked: what happened and what she can do, whole, in the
    language of her screen (give it as ``gettext_lazy``).
    """

    sentence: ClassVar[str | Promise]
    #: HTTP status where the refusal itself is the answer.
    status: ClassVar[int] = 409

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        assert hasattr(cls, "sentence"), f"{cls.__name__} refuses without a sentence"

    def __str__(self) -> str:
        return str(self.sentence)
