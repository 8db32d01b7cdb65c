"""What tables must say about people, and what happens when one forgets."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections, models, transaction
from django.test.utils import isolate_apps
from pytest_django.fixtures import Settings

from nayu.kernel import privacy
from nayu.kernel.privacy import checks, declarations
from nayu.kernel.privacy.erased import FILE_NAME, append
from nayu.kernel.privacy.models import Erased
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.models import Book, Shelf

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
ROW = UUID(int=7)


def said(kind: str = "C2", keep: str = "forever", **more: set[str] | bool) -> type:
    return type("Privacy", (), {"kind": kind, "keep": keep, "personal": set(), **more})


def problems(privacy_class: type | None, **fields: "models.Field[Any, Any]") -> list[str]:
    """Codes that the check finds in a model made of these fields."""
    body: dict[str, Any] = {"__module__": __name__, **fields}
    if privacy_class is not None:
        body["Privacy"] = privacy_class
    body["Meta"] = type("Meta", (), {"app_label": "room"})
    with isolate_apps("tests.room"):
        model = type("Thing", (models.Model,), body)
        return [code for code, _ in checks.problems(model)]


def test_a_model_that_says_everything_passes() -> None:
    everything = said(personal={"note"}, harmless={"code"}, keep="5y after closed_at")
    fields: dict[str, models.Field[Any, Any]] = {
        "note": models.TextField(),
        "code": models.CharField(max_length=8),
        "state": models.CharField(max_length=8, choices=[("a", "A")]),
        "closed_at": models.DateTimeField(),
    }
    assert problems(everything, **fields) == []


@pytest.mark.parametrize(
    ("privacy_class", "code"),
    [
        (None, "E001"),
        (type("Privacy", (), {"kind": "C0", "personal": set()}), "E002"),
        (said(kind="secret", personal={"note"}), "E002"),
        (said(personal={"note", "nothing"}), "E002"),
        (said(personal={"note"}, harmless={"nothing"}), "E002"),
        (said(personal={"note"}, keep="for a while"), "E002"),
        (said(personal={"note"}, keep="5y after nothing"), "E002"),
        (said(), "E003"),
        (said(personal={"note"}, harmless={"note"}), "E004"),
        (said(kind="C1", personal={"note"}), "E005"),
        (said(personal={"note"}, keep="5y after note"), "E006"),
        (said(personal={"note"}, keep="with note"), "E006"),
        (said(personal={"note"}, keep="90d", swept=True), "E007"),
    ],
)
def test_a_model_that_forgets_or_errs_is_named(privacy_class: type | None, code: str) -> None:
    assert problems(privacy_class, note=models.TextField()) == [code]


@pytest.mark.parametrize(
    "field",
    [
        models.CharField,
        models.TextField,
        models.EmailField,
        models.SlugField,
        models.JSONField,
        models.BinaryField,
        models.FileField,
        models.GenericIPAddressField,
    ],
)
def test_every_field_that_can_hold_words_must_be_judged(
    field: "type[models.Field[Any, Any]]",
) -> None:
    assert problems(said(), words=field()) == ["E003"]


def test_the_build_fails_when_a_real_model_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("check", tags=["privacy"])
    monkeypatch.delattr(Shelf, "Privacy")
    with pytest.raises(SystemCheckError, match=r"room.Shelf.*declares no Privacy"):
        call_command("check", tags=["privacy"])


def test_the_build_fails_when_a_library_table_is_not_in_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(declarations.LIBRARY_TABLES, "procrastinate_jobs")
    with pytest.raises(SystemCheckError, match=r"ProcrastinateJob.*not in LIBRARY_TABLES"):
        call_command("check", tags=["privacy"])


def test_the_build_fails_when_the_list_names_a_column_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = declarations.LIBRARY_TABLES["procrastinate_jobs"]
    wrong = replace(table, personal=frozenset({"nothing"}))
    monkeypatch.setitem(declarations.LIBRARY_TABLES, "procrastinate_jobs", wrong)
    with pytest.raises(SystemCheckError, match="no such column: nothing"):
        call_command("check", tags=["privacy"])


@pytest.mark.django_db
def test_every_table_of_the_database_is_declared_and_every_declaration_has_its_table() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace"
        )
        tables = {name for (name,) in cursor.fetchall()}
    assert tables == set(privacy.declared())


def test_personal_fields_are_columns_of_all_tables() -> None:
    found = {(one.table, column) for one, column in privacy.personal_fields()}
    assert {("room_book", "borrower"), ("room_book", "remark")} <= found
    for table, column in found:
        model = {m._meta.db_table: m for m in apps.get_models()}[table]
        assert column in {field.column for field in model._meta.concrete_fields}


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("forever", privacy.Keep()),
        ("48h", privacy.Keep(48, "h")),
        ("90d", privacy.Keep(90, "d")),
        ("5y after closed_at", privacy.Keep(5, "y", after="closed_at")),
        ("with person", privacy.Keep(owner="person")),
    ],
)
def test_retention_reads_as_a_sentence(text: str, keep: privacy.Keep) -> None:
    assert privacy.Keep.read(text) == keep


@pytest.mark.parametrize("text", ["", "0d", "90", "๙๐d", "90 d", "5y after", "with", "Forever"])
def test_an_unclear_retention_is_refused(text: str) -> None:
    with pytest.raises(privacy.BadDeclaration):
        privacy.Keep.read(text)


# Erased ids


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_an_erasure_is_remembered_in_table_and_file(laos: Laos, data_dir: Path) -> None:
    with scope(laos.pak_phun), transaction.atomic():
        for _ in range(2):
            privacy.remember_erased(lao_id=laos.pak_phun, table="room_book", row_id=ROW, at=NOON)
        assert Erased.objects.get().row_id == ROW

    file = data_dir / FILE_NAME
    assert privacy.erased_ids(file) == {
        privacy.ErasedId(laos.pak_phun, "room_book", str(ROW), "2026-08-01T12:00:00+00:00")
    }
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_rolled_back_is_not_remembered(laos: Laos, data_dir: Path) -> None:
    with scope(laos.pak_phun), transaction.atomic():
        privacy.remember_erased(lao_id=laos.pak_phun, table="room_book", row_id=ROW, at=NOON)
        transaction.set_rollback(True)
    assert privacy.erased_ids(data_dir / FILE_NAME) == set()


def test_a_torn_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    one, two = (
        privacy.ErasedId(n, Book._meta.db_table, str(ROW), NOON.isoformat()) for n in (1, 2)
    )
    append(file, [one])
    with file.open("a") as torn:
        torn.write('{"lao_id": 9, "ta')
    append(file, [two])
    assert privacy.erased_ids(file) == {one, two}


@pytest.mark.parametrize("line", ['{"lao_id": 1}', "{}", '{"x": }', "{[}"])
def test_a_list_with_strange_lines_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(line + "\n")
    with pytest.raises(ValueError, match=FILE_NAME):
        privacy.erased_ids(file)
