"""Sealed values under attack."""

import base64
from collections.abc import Callable, Iterator

import pytest
from django.core import checks
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models import F
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from psycopg import sql
from pytest_django.fixtures import Settings

from nayu.kernel import crypto
from nayu.kernel.crypto import BadKeys, Ciphertext, SealBroken, Sealed, UnknownKey
from nayu.kernel.scope import scope
from nayu.kernel.tenancy import new_id
from tests.database import Laos
from tests.room.models import Book, Shelf

pytestmark = pytest.mark.django_db

SECRET = "1-2345-67890-12-1 ยายมี"


def key(name: str, letter: str) -> str:
    return f"{name}:{base64.b64encode((letter * 32).encode()).decode()}"


@pytest.fixture
def shelf(laos: Laos) -> Iterator[Shelf]:
    with scope(laos.pak_phun):
        yield Shelf.objects.create(label="a")


@pytest.fixture
def book(shelf: Shelf) -> Book:
    return Book.objects.create(shelf=shelf, title="t", borrower=SECRET)


def stored(book: Book) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT borrower FROM room_book WHERE id = %s", [book.pk])
        return bytes(cursor.fetchone()[0])


def plant(book: Book, sealed: bytes, column: str = "borrower") -> Book:
    # The SQL that a hand with the database's password would write.
    question = sql.SQL("UPDATE room_book SET {} = %s WHERE id = %s").format(sql.Identifier(column))
    with connection.cursor() as cursor:
        cursor.execute(question, [sealed, book.pk])
    return Book.objects.get(pk=book.pk)


def test_what_was_sealed_opens_and_the_database_never_sees_it(book: Book) -> None:
    assert Book.objects.get(pk=book.pk).borrower == SECRET
    assert SECRET.encode() not in stored(book)
    assert stored(book).startswith(b"k1:")


def test_nothing_stays_nothing_and_empty_stays_empty(shelf: Shelf) -> None:
    empty = Book.objects.create(shelf=shelf, title="e", borrower="", remark=None)
    again = Book.objects.get(pk=empty.pk)
    assert (again.borrower, again.remark) == ("", None)
    assert Book.objects.filter(remark__isnull=True).count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["a\0b", "\ud800 alone \udfff", "น้ำ" * 350_000], ids=["NUL", "surrogates", "1 MB"]
)
def test_any_text_comes_back_as_it_was(shelf: Shelf, text: str) -> None:
    made = Book.objects.create(shelf=shelf, title="x", borrower=text)
    assert Book.objects.get(pk=made.pk).borrower == text


@pytest.mark.slow
@property_settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_every_string_survives_the_seal(text: str) -> None:
    row = Book(title="x", lao_id=1)
    field = crypto.sealed_fields(Book)[0]
    assert field.opened(row, field.sealed(row, text)) == text


def test_the_same_text_is_sealed_differently_each_time(book: Book) -> None:
    before = stored(book)
    book.save(update_fields=["borrower"])
    assert stored(book) != before


# Moved, changed, cut


def test_a_seal_moved_to_another_row_does_not_open(book: Book, shelf: Shelf) -> None:
    other = Book.objects.create(shelf=shelf, title="o", borrower="hers")
    moved = plant(other, stored(book))
    with pytest.raises(SealBroken, match=str(other.pk)):
        _ = moved.borrower


def test_a_seal_moved_to_another_field_does_not_open(book: Book) -> None:
    moved = plant(book, stored(book), "remark")
    with pytest.raises(SealBroken):
        _ = moved.remark


def test_a_seal_moved_to_another_lao_does_not_open_even_with_the_same_row_id(
    book: Book, laos: Laos
) -> None:
    sealed = stored(book)
    twin = Book(pk=book.pk, lao_id=laos.wiang_phrao)
    field = crypto.sealed_fields(Book)[0]
    with pytest.raises(SealBroken):
        field.opened(twin, Ciphertext(sealed))


def test_a_seal_moved_to_another_table_does_not_open(book: Book) -> None:
    field = crypto.sealed_fields(Book)[0]
    table, Book._meta.db_table = Book._meta.db_table, "elsewhere"
    try:
        with pytest.raises(SealBroken):
            field.opened(book, Ciphertext(stored(book)))
    finally:
        Book._meta.db_table = table


def test_every_changed_byte_and_every_cut_is_noticed(book: Book) -> None:
    field = crypto.sealed_fields(Book)[0]
    sealed = stored(book)
    everywhere = range(len(sealed))
    cut = [sealed[:at] for at in everywhere]
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in everywhere]
    for one in cut + changed:
        with pytest.raises((SealBroken, UnknownKey)):
            field.opened(book, Ciphertext(one))


def test_a_copied_row_fails_when_it_is_saved_not_when_it_is_read(book: Book) -> None:
    copy = Book.objects.get(pk=book.pk)
    copy.pk = new_id()
    copy._state.adding = True
    with pytest.raises(SealBroken):
        copy.save()


# The ways in and out of Django


def test_saving_other_fields_leaves_the_seal_alone(book: Book) -> None:
    before = stored(book)
    Book.objects.defer("borrower").get(pk=book.pk).save()
    again = Book.objects.only("title").get(pk=book.pk)
    again.title = "new"
    again.save(update_fields=["title"])
    assert stored(book) == before


def test_a_deferred_value_opens_when_asked(book: Book) -> None:
    assert Book.objects.defer("borrower").get(pk=book.pk).borrower == SECRET
    assert Book.objects.only("borrower").get(pk=book.pk).borrower == SECRET


def test_refresh_brings_the_stored_value(book: Book) -> None:
    book.borrower = "typed"
    book.refresh_from_db()
    assert book.borrower == SECRET
    book.borrower = "typed"
    book.refresh_from_db(fields=["borrower"])
    assert book.borrower == SECRET


def test_bulk_create_seals_each_row_for_itself(shelf: Shelf) -> None:
    rows = [Book(shelf=shelf, title=str(n), borrower=f"b{n}") for n in range(3)]
    Book.objects.bulk_create(rows)
    assert [b.borrower for b in Book.objects.order_by("title")] == ["b0", "b1", "b2"]


def test_values_gives_the_ciphertext_which_does_not_show_itself(book: Book) -> None:
    value: object = Book.objects.values_list("borrower", flat=True).get(pk=book.pk)
    assert isinstance(value, Ciphertext)
    assert bytes(value) == stored(book)
    assert repr(value) == str(value) == f"<sealed with 'k1', {len(value)} bytes>"


def test_what_does_not_know_the_row_is_refused_without_telling_the_text(book: Book) -> None:
    def bulk_update() -> None:
        Book.objects.bulk_update([book], ["borrower"])

    def copy_column() -> None:
        book.borrower = F("remark")

    attempts: list[Callable[[], object]] = [
        lambda: Book.objects.update(borrower=SECRET),
        bulk_update,
        copy_column,
        lambda: Book.objects.filter(borrower=SECRET).exists(),
        lambda: Book.objects.filter(borrower__in=[SECRET]).exists(),
        lambda: crypto.sealed_fields(Book)[0].value_to_string(book),
    ]
    for attempt in attempts:
        with pytest.raises((TypeError, FieldError)) as refusal:
            attempt()
        assert SECRET not in str(refusal.value)


@isolate_apps("tests.room")
def test_a_sealed_field_needs_a_row_of_an_lao() -> None:
    class Loose(models.Model):
        secret = Sealed()

        class Meta:
            app_label = "room"

        def __str__(self) -> str:
            return "loose"

    found = Loose._meta.get_field("secret").check()
    assert [(m.level, m.id) for m in found] == [(checks.ERROR, "nayu.E010")]


# Keys


def test_old_seals_open_after_a_rotation_and_new_ones_use_the_new_key(
    book: Book, shelf: Shelf, settings: Settings
) -> None:
    settings.NAYU_KEYS = [key("k2", "2"), *settings.NAYU_KEYS]
    assert Book.objects.get(pk=book.pk).borrower == SECRET
    new = Book.objects.create(shelf=shelf, title="n", borrower="x")
    assert stored(new).startswith(b"k2:")


def test_reseal_leaves_nothing_under_the_old_key(
    book: Book, shelf: Shelf, settings: Settings
) -> None:
    for n in range(5):
        Book.objects.create(shelf=shelf, title=str(n), borrower=f"b{n}", remark="r")
    Book.objects.create(shelf=shelf, title="none")
    settings.NAYU_KEYS = [key("k2", "2"), *settings.NAYU_KEYS]

    assert crypto.reseal(Book, size=2) == 6
    assert crypto.reseal(Book, size=2) == 0

    settings.NAYU_KEYS = settings.NAYU_KEYS[:1]
    assert Book.objects.get(pk=book.pk).borrower == SECRET
    assert {b.remark for b in Book.objects.filter(title__in="01234")} == {"r"}


def test_reseal_keeps_to_its_lao(book: Book, laos: Laos, settings: Settings) -> None:
    before = stored(book)
    settings.NAYU_KEYS = [key("k2", "2"), *settings.NAYU_KEYS]
    with scope(laos.lom_raet):
        assert crypto.reseal(Book) == 0
    assert stored(book) == before


def test_a_missing_key_is_named(book: Book, settings: Settings) -> None:
    settings.NAYU_KEYS = [key("k2", "2")]
    with pytest.raises(UnknownKey, match="'k1'"):
        _ = Book.objects.get(pk=book.pk).borrower


def test_another_key_under_the_same_name_does_not_open(book: Book, settings: Settings) -> None:
    settings.NAYU_KEYS = [key("k1", "9")]
    with pytest.raises(SealBroken):
        _ = Book.objects.get(pk=book.pk).borrower


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "no key"),
        (["k1"], "key 1"),
        (["k1:!!"], "key 1"),
        (["k1:abc"], "'k1'.*not base64"),
        (["k1:c2hvcnQ="], "'k1'.*5 bytes"),
        ([key("k1", "1"), key("k1", "2")], "twice"),
    ],
)
def test_keys_that_cannot_be_read_are_named_and_never_shown(
    settings: Settings, words: list[str], says: str
) -> None:
    settings.NAYU_KEYS = words
    with pytest.raises(BadKeys, match=says) as refusal:
        crypto.master_keys()
    assert "c2hvcnQ" not in str(refusal.value)


# Blind index


def test_a_blind_index_finds_equal_values_only_within_its_lao_and_purpose(laos: Laos) -> None:
    index = crypto.blind_index(laos.pak_phun, "national_id", "1234567890121")
    assert index == crypto.blind_index(laos.pak_phun, "national_id", "1234567890121")
    others = {
        crypto.blind_index(laos.wiang_phrao, "national_id", "1234567890121"),
        crypto.blind_index(laos.pak_phun, "phone", "1234567890121"),
        crypto.blind_index(laos.pak_phun, "national_id", "1234567890122"),
    }
    assert len({index, *others}) == 4
    assert len(index) == 32


def test_a_row_indexed_before_a_rotation_is_still_found(laos: Laos, settings: Settings) -> None:
    before = crypto.blind_index(laos.pak_phun, "phone", "0812345678")
    settings.NAYU_KEYS = [key("k2", "2"), *settings.NAYU_KEYS]
    assert crypto.blind_index(laos.pak_phun, "phone", "0812345678") != before
    assert before in crypto.blind_indexes(laos.pak_phun, "phone", "0812345678")


def test_a_label_cannot_be_spelt_to_reach_another_labels_key() -> None:
    # Purposes are words of ours; an LAO's number never runs into them.
    assert crypto.blind_index(1, "1|x", "v") != crypto.blind_index(11, "x", "v")
