"""Form fields for what people type: text that is clean, days in either era."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused
from nayu.kernel.thai import clean_text, is_readable, parse_date


class CleanText(forms.CharField):
    """
    Text in its one spelling, at most ``max_length`` characters once cleaned.

    Lines are counted as people see them: the browser sends two characters an end of line.
    """

    default_error_messages = {
        "unreadable": _("Some characters cannot be read. Please type the text again."),
    }

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        if not is_readable(text):
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return super().to_python(clean_text(text)) or ""


class ThaiDate(forms.Field):
    """A day typed in the Buddhist or the common era."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except Refused as refusal:
            raise ValidationError(str(refusal), code="date") from refusal
