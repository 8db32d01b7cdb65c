"""``{% load thai %}``: days and digits as the reader of this screen writes them."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nayu.kernel import thai

register = template.Library()


def _reads_thai() -> bool:
    return get_language() != "en"


def _time(machine: str, people: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, people)


def _local_day(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day


@register.filter
def long_date(day: date) -> SafeString:
    """``<time datetime="2026-11-21">21 พฤศจิกายน 2569</time>``."""
    day = _local_day(day)
    return _time(
        day.isoformat(), thai.long_date(day) if _reads_thai() else formats.date_format(day, "j F Y")
    )


@register.filter
def short_date(day: date) -> SafeString:
    day = _local_day(day)
    return _time(
        day.isoformat(),
        thai.short_date(day) if _reads_thai() else formats.date_format(day, "j M Y"),
    )


@register.filter
def date_and_time(moment: datetime) -> SafeString:
    local = timezone.localtime(moment)
    return _time(
        local.isoformat(timespec="seconds"),
        thai.date_and_time(local) if _reads_thai() else formats.date_format(local, "j F Y, H:i"),
    )


@register.filter
def thai_digits(value: object) -> str:
    """For papers that must carry ๐–๙; screens keep the digits that people type."""
    return thai.to_thai_digits(str(value))
