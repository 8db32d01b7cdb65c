"""A backup brings everything back, and nothing that was erased."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pyrage
import pytest
from pytest_django.fixtures import Settings

from nayu.kernel import crypto
from nayu.kernel.privacy import ErasedId
from nayu.kernel.privacy.erased import FILE_NAME, append, erased_ids
from nayu.kernel.tenancy import new_id
from nayu.project import env, roles
from nayu.project.backup import archive, erased_lists, identity, manifest, refusals
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from nayu.project.commands import backup as backup_command
from nayu.project.commands import restore as restore_command
from tests.machines import (
    KEY,
    NOON,
    Machine,
    catalogue,
    files,
    known_migrations,
    measures,
    programs,
)
from tests.room.models import Book

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("django_db_setup")]


# There and back


def test_everything_comes_back_on_an_empty_machine(
    source: Installation, made: Made, machine: Machine
) -> None:
    done = machine.restore(made.file)

    there, here = source.owner_url, machine.empty.owner_url
    assert measures(here) == measures(there) == made.manifest.tables
    assert {lao: rows for lao, (rows, _) in measures(here)["room_book"].items()} == {
        lao: 5 * int(lao) for lao in made.manifest.tables["room_shelf"]
    }
    assert catalogue(here) == catalogue(there)
    assert files(machine.empty.media) == files(source.media)
    assert (done.erased_again, done.had_erased_list) == (0, True)
    assert machine.app_may_enter()


def test_the_ledgers_function_is_the_ledgers_again_and_the_wall_stands(
    made: Made, machine: Machine
) -> None:
    machine.restore(made.file)
    with psycopg.connect(machine.url(roles.APP)) as app:
        assert app.execute("SELECT ledger_write(1)").fetchone() == (2,)
        app.execute("SELECT set_config('nayu.lao', '1', true)")
        assert app.execute("SELECT count(*) FROM room_book").fetchone() == (5,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (n int)")


def test_sealed_fields_open_on_the_new_machine(made: Made, machine: Machine) -> None:
    machine.restore(made.file)
    with psycopg.connect(machine.empty.owner_url) as owner:
        for key, lao, title, sealed in owner.execute(
            "SELECT id, lao_id, title, borrower FROM room_book"
        ):
            row = Book(pk=key, lao_id=lao)
            opened = crypto.sealed_fields(Book)[0].opened(row, crypto.Ciphertext(sealed))
            assert opened == f"ยืมโดย {title}"


def test_the_file_shows_nothing_and_is_ours_alone(made: Made) -> None:
    content = made.file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"room_book" not in content
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in made.file.parent.iterdir()) == [FILE_NAME, made.file.name]


def test_the_manifest_says_what_is_inside(source: Installation, made: Made) -> None:
    found = made.manifest
    assert found.format == manifest.FORMAT
    assert set(found.migrations) <= known_migrations()
    assert {"kernel.0001_tables", "room.0002_sealed"} <= set(found.migrations)
    assert found.master_keys == {"k1": crypto.fingerprint(crypto.master_keys()["k1"])}
    assert set(found.files) == {archive.DUMP, *(f"media/{name}" for name in files(source.media))}
    with psycopg.connect(source.owner_url) as connection:
        assert found.postgres == connection.info.server_version


def test_rows_written_while_the_backup_runs_are_in_neither_dump_nor_manifest(
    source: Installation, machine: Machine
) -> None:
    class Meanwhile(Programs):
        def dump(self, url: str, *, snapshot: str, to: Path) -> None:
            with psycopg.connect(source.owner_url) as other:
                other.execute("UPDATE room_book SET title = title || '!'")
            super().dump(url, snapshot=snapshot, to=to)

    before = measures(source.owner_url)
    busy = replace(source, programs=Meanwhile(programs().folder))
    late = make(busy, to=machine.backups, recipient=str(KEY.to_public()), now=NOON)
    machine.restore(late.file)

    assert measures(source.owner_url) != before
    assert measures(machine.empty.owner_url) == before
    with psycopg.connect(source.owner_url) as other:
        other.execute("UPDATE room_book SET title = rtrim(title, '!')")


def test_a_media_file_deleted_while_the_backup_runs_is_still_in_it(
    source: Installation, machine: Machine, tmp_path: Path
) -> None:
    class Meanwhile(Programs):
        def dump(self, url: str, *, snapshot: str, to: Path) -> None:
            (tmp_path / "media" / "a").unlink()
            super().dump(url, snapshot=snapshot, to=to)

    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a").write_bytes(b"here")
    busy = replace(source, media=tmp_path / "media", programs=Meanwhile(programs().folder))
    late = make(busy, to=machine.backups, recipient=str(KEY.to_public()), now=NOON)
    machine.restore(late.file)
    assert files(machine.empty.media) == {"a": b"here"}


def test_a_link_among_the_media_is_refused_because_it_could_lead_anywhere(
    source: Installation, tmp_path: Path
) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "link").symlink_to("/etc/passwd")
    with pytest.raises(refusals.MediaUnreadable):
        make(
            replace(source, media=tmp_path / "media"),
            to=tmp_path / "backups",
            recipient=str(KEY.to_public()),
            now=NOON,
        )
    assert files(tmp_path / "backups") == {}


# Erased stays erased


def row_of(source: Installation, question: LiteralString) -> str:
    with psycopg.connect(source.owner_url) as owner:
        [[key]] = owner.execute(question).fetchall()
    return str(key)


@pytest.mark.parametrize("where", ["beside the backup", "in the data folder"])
def test_an_erased_row_in_an_old_backup_stays_erased(
    source: Installation, made: Made, machine: Machine, where: str
) -> None:
    key = row_of(source, "SELECT id FROM room_book WHERE lao_id = 2 AND title = 'เล่ม 1'")
    gone = ErasedId(2, "room_book", key, NOON.isoformat())
    other = replace(gone, table="a_table_of_tomorrow")
    file = machine.given(made.file.read_bytes())
    machine.empty.data_dir.mkdir()
    folder = machine.backups if where == "beside the backup" else machine.empty.data_dir
    append(folder / FILE_NAME, [gone, other])

    done = machine.restore(file)

    assert done.erased_again == 1
    assert done.had_erased_list == (where == "beside the backup")
    with psycopg.connect(machine.empty.owner_url) as owner:
        assert not owner.execute("SELECT 1 FROM room_book WHERE id = %s", [gone.row_id]).fetchone()
        assert erased_lists.in_table(owner) == {gone, other}
    rows = {
        lao: count for lao, (count, _) in measures(machine.empty.owner_url)["room_book"].items()
    }
    assert rows["2"] == made.manifest.tables["room_book"]["2"][0] - 1
    assert rows["1"] == made.manifest.tables["room_book"]["1"][0]
    assert erased_ids(machine.empty.data_dir / FILE_NAME) == {gone, other}


def test_another_laos_erased_id_erases_nothing_here(
    source: Installation, made: Made, machine: Machine
) -> None:
    key = row_of(source, "SELECT id FROM room_book WHERE lao_id = 2 AND title = 'เล่ม 1'")
    machine.empty.data_dir.mkdir()
    append(machine.empty.data_dir / FILE_NAME, [ErasedId(1, "room_book", key, NOON.isoformat())])
    assert machine.restore(made.file).erased_again == 0


def test_a_row_that_others_need_keeps_the_door_shut_until_somebody_looks(
    source: Installation, made: Made, machine: Machine
) -> None:
    key = row_of(source, "SELECT id FROM room_shelf WHERE lao_id = 2")
    machine.empty.data_dir.mkdir()
    file = machine.empty.data_dir / FILE_NAME
    append(file, [ErasedId(2, "room_shelf", key, NOON.isoformat())])
    with pytest.raises(refusals.ErasedWouldReturn):
        machine.restore(made.file)
    assert not machine.app_may_enter()


def test_every_backup_leaves_the_whole_list_beside_it(source: Installation, tmp_path: Path) -> None:
    in_table, in_data, beside = (
        ErasedId(1, "room_book", str(new_id()), NOON.isoformat()) for _ in range(3)
    )
    to = tmp_path / "backups"
    to.mkdir()
    append(to / FILE_NAME, [beside])
    append(source.data_dir / FILE_NAME, [in_data])
    with psycopg.connect(source.owner_url) as owner:
        erased_lists.replay(owner, {in_table})

    make(source, to=to, recipient=str(KEY.to_public()), now=NOON)

    assert erased_ids(to / FILE_NAME) == {in_table, in_data, beside}
    assert erased_ids(source.data_dir / FILE_NAME) == {in_table, in_data, beside}


# Keys and commands


def test_an_identity_is_made_once_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / identity.FILE_NAME
    first = identity.recipient(given=None, identity=file)
    second = identity.recipient(given=None, identity=file)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.public == second.public
    assert file.stat().st_mode & 0o777 == 0o600
    assert pyrage.x25519.Identity.from_str(identity.read_identity(file))


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    for content in (b"", b"AGE-SECRET-KEY-1NONSENSE", b"\xff"):
        file.write_bytes(content)
        with pytest.raises(refusals.BadIdentity) as refusal:
            identity.read_identity(file)
        assert "NONSENSE" not in str(refusal.value)
    with pytest.raises(refusals.BadRecipient):
        identity.recipient(given="age1nonsense", identity=file)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for setting in (env.BACKUP_RECIPIENT, env.BACKUP_IDENTITY):
        monkeypatch.delenv(setting.name, raising=False)
    return monkeypatch


def arguments(command: Any, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


def test_the_two_commands_bring_an_installation_to_another_machine(
    source: Installation,
    machine: Machine,
    settings: Settings,
    environment: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = source.data_dir, source.media
    environment.setenv(env.OWNER_DATABASE_URL.name, source.owner_url)
    assert backup_command.run(arguments(backup_command, "--to", str(machine.backups))) == 0
    assert "KEEP THE KEYS ELSEWHERE" in capsys.readouterr().err
    [file] = machine.backups.glob("*.age")

    settings.DATA_DIR, settings.MEDIA_ROOT = machine.empty.data_dir, machine.empty.media
    environment.setenv(env.OWNER_DATABASE_URL.name, machine.empty.owner_url)
    restore = arguments(restore_command, str(file))
    assert restore_command.run(restore) == 2
    assert "Nothing was changed" in capsys.readouterr().err

    restore.identity = source.data_dir / identity.FILE_NAME
    assert restore_command.run(restore) == 0
    assert "equal to the backup's" in capsys.readouterr().out
    there, here = measures(source.owner_url), measures(machine.empty.owner_url)
    # Its list of erased ids may know more than the source's table did.
    assert manifest.differences(there, here) in ([], ["kernel_erased 1"])
    assert files(machine.empty.media) == files(source.media)

    assert restore_command.run(restore) == 2
    assert "not empty" in capsys.readouterr().err
