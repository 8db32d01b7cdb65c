"""Widgets that :func:`~.fields.field` knows how to draw."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

_ERA = 543


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "inputmode": "tel", **(attrs or {})})


class NumberText(forms.TextInput):
    """Digits on the keyboard, but no wheel or arrow that changes a number unasked."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "inputmode": "decimal", **(attrs or {})})


class PhotoInput(forms.FileInput):
    """A picture, shown before it is sent."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*", **(attrs or {})})


class BuddhistDate(forms.Widget):
    """Day, month by name and year of the Buddhist era; gives ``21/11/2569`` to its field."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str:
        """Empty when every part is; a part left out leaves its place empty: ``21//2569``."""
        del files
        parts = [str(data.get(f"{name}_{part}", "")).strip() for part in self.PARTS]
        return "/".join(parts) if any(parts) else ""

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        del files
        return all(f"{name}_{part}" not in data for part in self.PARTS)

    def id_for_label(self, id_: str, index: int | str | None = None) -> str:
        """The first part, so that an error leads to where typing begins."""
        del index
        return f"{id_}_day" if id_ else ""

    def parts(self, value: Any) -> dict[str, str]:
        """What stands in day, month and year for a date or for what was typed before."""
        if isinstance(value, date):
            return {
                "day": str(value.day),
                "month": str(value.month),
                "year": str(value.year + _ERA),
            }
        typed = [*str(value or "").split("/"), "", "", ""]
        return dict(zip(self.PARTS, typed, strict=False))
