"""Text and days as Thai people type them."""

import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from nayu.kernel import thai
from nayu.kernel.forms import CleanText, ThaiDate

FORBIDDEN = {"Cs", "Cc"}
#: What breaks spelling, in every order: split sara am, tones, vowels, joiners, emoji, line ends.
THAI_KEYS = (
    "กตนเแโ\u0e33\u0e4d\u0e32\u0e48\u0e49\u0e38\u0e34\u0e3a\u200b\u200d\u00a0\u0300\ufe0f👨👩❤\r\n "
)
anything = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from(THAI_KEYS))
days = st.dates(date(1857, 1, 1), date(2156, 12, 31))


@pytest.mark.slow
@given(anything)
@example("ก\u0300\u0e33\u0e48")  # one rule makes work for the one before
def test_cleaning_never_fails_and_cleaning_twice_changes_nothing(text: str) -> None:
    clean = thai.clean_text(text)
    assert thai.clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()


@given(anything)
def test_nothing_invisible_is_left(text: str) -> None:
    clean = thai.clean_text(text)
    control = {c for c in clean if unicodedata.category(c) in FORBIDDEN}
    assert control <= {"\n", "\t"}
    assert not set(clean) & set("\x00\u200b\u200c\u202e\ufeff\u00a0\u00ad\u2028")


@given(anything)
def test_no_split_sara_am_and_no_double_sara_e_is_left(text: str) -> None:
    clean = thai.clean_text(text)
    assert "\u0e4d\u0e32" not in clean
    assert "เเ" not in clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("เทศบาลต\u0e4d\u0e32บลชมภู", "เทศบาลตำบลชมภู"),
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),
        ("เเม่ทะ", "แม่ทะ"),
        ("นาย\u00a0ดำ", "นาย ดำ"),
        ("ปาก\u200bพูน\ufeff", "ปากพูน"),
        ("ไฟล์\u202egpj.exe", "ไฟล์gpj.exe"),
        ("หนึ่ง\r\nสอง\rสาม", "หนึ่ง\nสอง\nสาม"),
        ("a\x00b\x07c\ud800d", "abcd"),
        (
            "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👩🏽\u200d⚕\ufe0f",
            "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👩🏽\u200d⚕\ufe0f",
        ),
        ("ก\u200dข 👨\u200dก", "กข 👨ก"),
    ],
)
def test_what_looks_the_same_is_spelt_the_same(typed: str, kept: str) -> None:
    assert thai.clean_text(typed) == kept


@pytest.mark.slow
@given(st.text(st.sampled_from("0123456789 abก")))
def test_digits_come_back_from_thai(text: str) -> None:
    assert thai.to_arabic_digits(thai.to_thai_digits(text)) == text
    assert not set(thai.to_thai_digits(text)) & set("0123456789")


@pytest.mark.slow
@given(days)
def test_every_way_of_writing_a_day_is_read_as_that_day(day: date) -> None:
    buddhist = day.year + 543
    ways = [
        thai.long_date(day),
        thai.short_date(day),
        thai.to_thai_digits(thai.long_date(day)),
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"วันที่ {thai.long_date(day).replace(str(buddhist), f'พ.ศ. {buddhist}')}",
        day.isoformat(),
        f"{buddhist}-{day:%m-%d}",
        f"{day:%d %b %Y}",
    ]
    assert {thai.parse_date(way) for way in ways} == {day}


@pytest.mark.slow
@given(anything | st.text(st.sampled_from("0123456789๒๕๖๙/-. มคพศ")))
def test_whatever_is_typed_is_a_day_or_a_sentence(text: str) -> None:
    with suppress(thai.NotADate, thai.UnclearYear):
        assert isinstance(thai.parse_date(text), date)


@pytest.mark.parametrize("typed", ["21/11/69", "๒๑ พ.ย. ๖๙", "1/1/67", "1 ม.ค. พ.ศ. 69"])
def test_a_year_of_two_digits_is_asked_about(typed: str) -> None:
    with pytest.raises(thai.UnclearYear):
        thai.parse_date(typed)


@pytest.mark.parametrize(
    "typed", ["", "31/2/2569", "29/2/2569", "1112569", "1/13/2569", "ค.ศ. 2569", "1/1/9999", "x"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(thai.NotADate):
        thai.parse_date(typed)


def test_2569_typed_for_2026_is_understood_and_leap_days_are_right() -> None:
    assert thai.parse_date("2569-11-21") == date(2026, 11, 21)
    assert thai.parse_date("29/2/2567") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570), (date(2027, 1, 1), 2570)],
)
def test_the_fiscal_year_begins_in_october(day: date, year: int) -> None:
    first, last = thai.fiscal_year_days(year)
    assert thai.fiscal_year(day) == year
    assert first <= day <= last
    assert thai.fiscal_year_label(year) == f"ปีงบประมาณ {year}"


def test_the_time_is_that_of_thailand() -> None:
    moment = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    assert thai.date_and_time(moment) == "21 พฤศจิกายน 2569 เวลา 01.05 น."


@pytest.mark.parametrize(
    ("language", "filter_", "shown"),
    [
        ("th", "long_date", '<time datetime="2026-11-21">21 พฤศจิกายน 2569</time>'),
        ("th", "short_date", '<time datetime="2026-11-21">21 พ.ย. 2569</time>'),
        ("en", "long_date", '<time datetime="2026-11-21">21 November 2026</time>'),
        ("en", "short_date", '<time datetime="2026-11-21">21 Nov 2026</time>'),
        (
            "th",
            "date_and_time",
            '<time datetime="2026-11-21T01:05:00+07:00">21 พฤศจิกายน 2569 เวลา 01.05 น.</time>',
        ),
    ],
)
def test_pages_show_days_to_people_and_machines(language: str, filter_: str, shown: str) -> None:
    moment = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    template = Template("{% load thai %}{{ moment|" + filter_ + " }}")
    with translation.override(language):
        assert template.render(Context({"moment": moment})) == shown


class Note(forms.Form):
    text = CleanText(max_length=5)
    day = ThaiDate(required=False)


def test_a_form_gives_clean_values() -> None:
    form = Note({"text": " ต\u0e4d\u0e32บล\u200b ", "day": "๒๑/๑๑/๒๕๖๙"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"text": "ตำบล", "day": date(2026, 11, 21)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"text": "ก" * 1_000_000},
        {"text": "\u200b"},
        {"text": "ok", "day": "21/11/69"},
    ],
)
def test_a_form_answers_bad_input_with_a_sentence(fields: dict[str, str]) -> None:
    form = Note(fields)
    assert not form.is_valid()
    assert all(messages for messages in form.errors.values())


def test_the_length_is_counted_as_people_see_it() -> None:
    assert Note({"text": "a\r\nb\r\nc"}).is_valid()
