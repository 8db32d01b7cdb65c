"""Thai as people type it and as they read it: text, digits, dates."""

from nayu.kernel.thai.dates import (
    NotADate,
    UnclearYear,
    date_and_time,
    fiscal_year,
    fiscal_year_days,
    fiscal_year_label,
    long_date,
    parse_date,
    short_date,
)
from nayu.kernel.thai.text import clean_text, is_readable, to_arabic_digits, to_thai_digits

__all__ = [
    "NotADate",
    "UnclearYear",
    "clean_text",
    "date_and_time",
    "fiscal_year",
    "fiscal_year_days",
    "fiscal_year_label",
    "is_readable",
    "long_date",
    "parse_date",
    "short_date",
    "to_arabic_digits",
    "to_thai_digits",
]
