"""What the audit keeps, and what it refuses to keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from nayu.kernel import audit
from nayu.kernel.audit import chain
from nayu.kernel.audit.models import AuditEntry, AuditHead, AuditLink
from nayu.kernel.permissions import Guest, System
from nayu.kernel.scope import NoScope, scope
from tests.database import Laos
from tests.room.models import Book, Shelf

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
SOMYING = UUID("01900000-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Clerk:
    code: str = f"person:{SOMYING}"
    roles: frozenset[str] = frozenset({"clerk"})


@pytest.fixture
def shelf(laos: Laos) -> Shelf:
    with scope(laos.pak_phun):
        return Shelf.objects.create(label="a")


def link() -> None:
    """What commit does in a test that never commits."""
    connection.check_constraints()


def length(lao_id: int) -> int:
    """The length of a chain that is whole."""
    with scope(lao_id):
        result = chain.checked()
    assert result.broken == []
    return result.lengths.get(lao_id, 0)


def test_an_entry_tells_who_did_what_when_and_to_which_fields_of_which_row(
    shelf: Shelf, laos: Laos
) -> None:
    with scope(laos.pak_phun):
        audit.record(
            "shelf.moved", by=Clerk(), now=NOON, on=shelf, fields=("label", "above"), why="new wing"
        )
        entry = AuditEntry.objects.get()

    assert entry.said == {
        "id": str(entry.pk),
        "lao": laos.pak_phun,
        "happened_at": "2026-08-01T12:00:00.000000Z",
        "action": "shelf.moved",
        "actor": f"person:{SOMYING}",
        "on_table": "room_shelf",
        "on_row": str(shelf.pk),
        "fields": ["above", "label"],
        "why": "new wing",
    }
    assert (entry.happened_at, entry.action, entry.on_row) == (NOON, "shelf.moved", str(shelf.pk))


def test_every_entry_gets_its_place_in_the_order_of_writing(laos: Laos) -> None:
    with scope(laos.pak_phun):
        for action in ("a.one", "a.two", "a.three"):
            audit.record(action, by=Guest(), now=NOON)
        link()
        places = dict(AuditLink.objects.values_list("number", "id"))
        actions = dict(AuditEntry.objects.values_list("id", "action"))
        head, last = AuditHead.objects.get(), AuditLink.objects.get(number=3)

    assert [actions[places[number]] for number in (1, 2, 3)] == ["a.one", "a.two", "a.three"]
    assert (head.number, bytes(head.hash)) == (3, bytes(last.hash))
    assert length(laos.pak_phun) == 3


def test_one_moment_has_one_spelling_whatever_its_time_zone(laos: Laos) -> None:
    bangkok = NOON.astimezone(timezone(timedelta(hours=7)))
    with scope(laos.pak_phun):
        audit.record("a.b", by=Guest(), now=bangkok + timedelta(microseconds=7))
        assert AuditEntry.objects.get().said["happened_at"] == "2026-08-01T12:00:00.000007Z"
    link()
    assert length(laos.pak_phun) == 1


def test_nested_scopes_link_each_entry_in_its_own_chain(laos: Laos) -> None:
    with scope(laos.pak_phun):
        audit.record("a.first", by=Guest(), now=NOON)
        with scope(laos.wiang_phrao):
            audit.record("b.first", by=Guest(), now=NOON)
        audit.record("a.second", by=Guest(), now=NOON)
        with scope(laos.wiang_phrao):
            audit.record("b.second", by=Guest(), now=NOON)
        link()
        # The function came back to the scope that it was called from.
        assert set(AuditEntry.objects.values_list("action", flat=True)) == {"a.first", "a.second"}
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('nayu.lao')")
            assert cursor.fetchone() == (str(laos.pak_phun),)

    assert length(laos.pak_phun) == 2
    assert length(laos.wiang_phrao) == 2
    assert length(laos.lom_raet) == 0


def test_a_savepoint_that_is_rolled_back_leaves_no_link_and_no_gap(laos: Laos) -> None:
    with scope(laos.pak_phun):
        audit.record("a.kept", by=Guest(), now=NOON)
        with transaction.atomic():
            audit.record("a.undone", by=Guest(), now=NOON)
            transaction.set_rollback(True)
        audit.record("a.kept_too", by=Guest(), now=NOON)
    link()
    assert length(laos.pak_phun) == 2


def test_looking_at_sensitive_rows_is_told_for_each_of_them(laos: Laos, shelf: Shelf) -> None:
    with scope(laos.pak_phun):
        other = Shelf.objects.create(label="b")
        audit.looked(shelf, other, by=Clerk(), purpose="care.visit", fields=["label"], now=NOON)
        hers = AuditEntry.objects.get(on_table="room_shelf", on_row=str(shelf.pk))
        assert (hers.action, hers.said["why"], hers.said["fields"]) == (
            "data.seen",
            "care.visit",
            ["label"],
        )
        assert AuditEntry.objects.count() == 2


def test_nobody_looks_without_a_purpose(shelf: Shelf, laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.looked(shelf, by=Clerk(), purpose="", now=NOON)


@pytest.mark.parametrize(
    "action",
    ["resolved", "Complaint.resolved", "complaint.ปิด", "a b.c", "a.b\n", "a.tel0812345678", ""],
)
def test_an_action_is_a_dotted_code(laos: Laos, action: str) -> None:
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.record(action, by=Guest(), now=NOON)


@pytest.mark.parametrize(
    "why",
    ["สมหญิงขอมา", "call 0812345678", "no 12345", "a@b.example", "two\nlines", "x" * 121],
)
def test_a_reason_with_a_name_a_number_or_an_address_is_refused(laos: Laos, why: str) -> None:
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.record("a.b", by=Guest(), now=NOON, why=why)


@pytest.mark.parametrize("name", ["ชื่อ", "first name", "Somying", "field_1234567890123", "a.b", ""])
def test_a_field_is_an_identifier(laos: Laos, name: str) -> None:
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.record("a.b", by=Guest(), now=NOON, fields=[name])


def test_a_field_of_a_row_is_one_that_the_row_has(shelf: Shelf, laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(AssertionError, match="somying"):
        audit.record("a.b", by=Guest(), now=NOON, on=shelf, fields=["somying"])


@pytest.mark.parametrize(
    "code", ["สมหญิง", "somying", "person:somying", "person:0812345678", "person:1234567890123", ""]
)
def test_an_actor_is_a_key_and_never_a_name_or_a_number_of_hers(laos: Laos, code: str) -> None:
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.record("a.b", by=Clerk(code=code), now=NOON)


@pytest.mark.parametrize("code", ["guest", "system:sweeper", "system:places.import", "user:42"])
def test_guests_the_system_and_serial_keys_can_act(laos: Laos, code: str) -> None:
    with scope(laos.pak_phun):
        audit.record("a.b", by=Clerk(code=code), now=NOON)
    link()
    assert length(laos.pak_phun) == 1


def test_a_row_whose_key_is_a_text_is_not_named(laos: Laos) -> None:
    shelf = Shelf(lao_id=laos.pak_phun)
    shelf.pk = "สมหญิง"
    with scope(laos.pak_phun), pytest.raises(audit.NotACode):
        audit.record("a.b", by=Guest(), now=NOON, on=shelf)


def test_a_row_of_another_lao_is_not_told_of_here(shelf: Shelf, laos: Laos) -> None:
    with scope(laos.wiang_phrao), pytest.raises(AssertionError, match="another LAO"):
        audit.record("a.b", by=Guest(), now=NOON, on=shelf)


def test_a_moment_without_a_time_zone_is_no_moment(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(AssertionError, match="time zone"):
        audit.record("a.b", by=Guest(), now=NOON.replace(tzinfo=None))


def test_outside_a_scope_nothing_can_be_told() -> None:
    with pytest.raises(NoScope):
        audit.record("a.b", by=Guest(), now=NOON)


@pytest.mark.parametrize(
    ("column", "lie"),
    [
        ("happened_at", NOON + timedelta(microseconds=1)),
        ("action", "a.other"),
        ("actor", "guest"),
        ("on_table", "room_book"),
        ("on_row", "42"),
        ("id", UUID("01900000-0000-7000-8000-000000000002")),
    ],
)
def test_the_database_refuses_to_hash_one_thing_and_store_another(
    shelf: Shelf, laos: Laos, column: str, lie: object
) -> None:
    entry = honest(shelf, laos)
    setattr(entry, column, lie)
    with scope(laos.pak_phun):
        entry.save(force_insert=True)
        with pytest.raises(IntegrityError, match="something else than its text"):
            link()


def test_the_database_refuses_a_text_that_names_another_lao(shelf: Shelf, laos: Laos) -> None:
    entry = honest(shelf, laos)
    entry.text = entry.text.replace(f'"lao":{laos.pak_phun}', f'"lao":{laos.wiang_phrao}')
    with scope(laos.pak_phun):
        entry.save(force_insert=True)
        with pytest.raises(IntegrityError, match="something else than its text"):
            link()


@pytest.mark.parametrize(
    ("column", "name"),
    [("action", "สมหญิง"), ("actor", "สมหญิง"), ("on_table", "สมหญิง"), ("on_row", "สมหญิง")],
)
def test_the_table_itself_takes_codes_only(
    shelf: Shelf, laos: Laos, column: str, name: str
) -> None:
    entry = honest(shelf, laos)
    setattr(entry, column, name)
    with scope(laos.pak_phun), pytest.raises(IntegrityError, match="codes_only"):
        entry.save(force_insert=True)


def honest(shelf: Shelf, laos: Laos) -> AuditEntry:
    with scope(laos.pak_phun):
        return AuditEntry.about(
            "a.b", by=Clerk(), now=NOON, on=shelf, fields=("label",), why="a reason"
        )


def rolled_back(tell: Callable[[], None]) -> None:
    with transaction.atomic():
        tell()
        Shelf.objects.create(label="undone")
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_what_is_told_apart_survives_the_rollback_of_the_transaction_it_tells_of(
    laos: Laos,
) -> None:
    with scope(laos.pak_phun):
        rolled_back(lambda: audit.record_apart("shelf.refused", by=Guest(), now=NOON))
        rolled_back(lambda: audit.record("shelf.moved", by=Guest(), now=NOON))
        with transaction.atomic():
            audit.record("shelf.moved", by=Guest(), now=NOON)
        with transaction.atomic():
            assert Shelf.objects.count() == 0
            assert [*AuditEntry.objects.order_by("pk").values_list("action", flat=True)] == [
                "shelf.refused",
                "shelf.moved",
            ]
    assert length(laos.pak_phun) == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_without_a_transaction_of_its_own_is_a_mistake(laos: Laos) -> None:
    with scope(laos.pak_phun), pytest.raises(AssertionError, match="transaction"):
        audit.record("a.b", by=Guest(), now=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_commit_outside_every_scope_links_too(laos: Laos) -> None:
    with transaction.atomic(), scope(laos.pak_phun):
        audit.record("a.b", by=System("sweeper"), now=NOON)
    assert length(laos.pak_phun) == 1


def test_an_entry_about_a_book_reads_back_as_that_book(laos: Laos, shelf: Shelf) -> None:
    with scope(laos.pak_phun):
        book = Book.objects.create(shelf=shelf, title="t")
        audit.record("book.lent", by=Guest(), now=NOON, on=book)
        entry = AuditEntry.objects.get()
        assert str(entry) == "2026-08-01 12:00 book.lent guest"
        assert (entry.on_table, UUID(entry.on_row)) == ("room_book", book.pk)
