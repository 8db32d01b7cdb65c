import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from nayu.kernel.thai_order import sort_key

#: Each list in the order of the Royal Society's dictionary.
IN_ORDER = [
    # Code points would put the words that begin with เ and แ last.
    ["ก", "เก", "ป", "แม่", "ล", "เว", "อ"],
    ["กก", "กะ", "กา", "กำ", "เก", "แก", "โก", "ใก", "ไก", "ขา"],
    # Tones decide only where the letters are the same.
    ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาก"],
    ["เสือ", "เสื่อ", "เสื้อ"],
    ["บาน", "บ้าน", "บานชื่น"],
    ["รอง", "ร้อง", "ฤดู", "ลม", "ฦๅ", "วัน"],
    ["นครพนม", "นครศรีธรรมราช", "นราธิวาส", "เนินมะปราง", "ไนบุรี"],
    ["นิคม", "นิคมฯ", "นิคมๆ", "นิคมลำโดม"],
    ["ทุ่ง 2", "ทุ่ง 3", "ทุ่งหลวง"],
    ["Ban", "bang", "Chiang", "ก"],
]


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: words[0])
def test_words_stand_as_in_the_dictionary(words: list[str]) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำ", "น้ํา"),  # sara am in one sign and in two
        ("แม่", "เเม่"),  # sara ae typed as two sara e
        ("หมู่ ๗", "หมู่ 7"),
    ],
)
def test_two_spellings_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert one != other
    assert sort_key(one) == sort_key(other)


def test_spaces_and_punctuation_do_not_count() -> None:
    assert sorted(["ป่าข", "ป่า-ก", "ป่า ค"], key=sort_key) == ["ป่า-ก", "ป่าข", "ป่า ค"]


@pytest.mark.slow
@pytest.mark.django_db
@settings(deadline=None)
@given(words=st.lists(st.text(alphabet="กขปมลวอเแโใไะาิีุู่้๊๋์ๆ ", max_size=8), max_size=12))
def test_the_database_sorts_the_keys_as_python_does(words: list[str]) -> None:
    keys = [sort_key(word) for word in words]
    with connection.cursor() as cursor:
        cursor.execute('SELECT k FROM unnest(%s::text[]) AS k ORDER BY k COLLATE "C"', [keys])
        assert [key for (key,) in cursor.fetchall()] == sorted(keys)
