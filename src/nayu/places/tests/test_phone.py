import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nayu.places.models.phone import Phone, UnclearPhone, read_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "number", "extension", "shown"),
    [
        ("075-774-131", "+6675774131", "", "075-774-131"),
        ("0 7577 4131", "+6675774131", "", "075-774-131"),
        ("(075) 774131", "+6675774131", "", "075-774-131"),
        ("๐๗๕-๗๗๔๑๓๑", "+6675774131", "", "075-774-131"),
        ("02-123-4567", "+6621234567", "", "02-123-4567"),
        ("02 123 4567 ต่อ 12", "+6621234567", "12", "02-123-4567 ต่อ 12"),
        ("021234567#9", "+6621234567", "9", "02-123-4567 ต่อ 9"),
        ("081-234-5678", "+66812345678", "", "081-234-5678"),
        ("+66 81 234 5678", "+66812345678", "", "081-234-5678"),
        ("+66 (0)81 234 5678", "+66812345678", "", "081-234-5678"),
        ("0066812345678", "+66812345678", "", "081-234-5678"),
        ("1669", "1669", "", "1669"),
        ("191", "191", "", "191"),
        ("1800-123-456", "+661800123456", "", "1800-123-456"),
        ("+856 21 212345", "+85621212345", "", "+85621212345"),
    ],
)
def test_a_number_is_kept_as_e164_and_shown_as_people_write_it(
    typed: str, number: str, extension: str, shown: str
) -> None:
    assert read_phone(typed) == Phone(number, extension)
    assert show_phone(number, extension) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ไม่มี",
        "075-774131-3",  # a range of three lines
        "075-774131, 075-774132",
        "774131",  # no area code
        "0812345",
        "08123456789",
        "075774131 ต่อ สารบรรณ",
        "+6612",
        "1669x",
    ],
)
def test_what_is_not_one_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(UnclearPhone):
        read_phone(typed)


@pytest.mark.slow
@settings(deadline=None)
@given(st.integers(20_000_000, 79_999_999) | st.integers(800_000_000, 999_999_999))
def test_what_is_shown_reads_back_as_the_same_number(inside: int) -> None:
    phone = read_phone(f"0{inside}")
    assert read_phone(show_phone(phone.number)) == phone


@pytest.mark.slow
@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_refusal(typed: str) -> None:
    try:
        number = read_phone(typed).number
    except UnclearPhone:
        return
    assert number.isascii()
    assert number.removeprefix("+").isdigit()
