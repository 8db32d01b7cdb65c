"""A backup brings everything back, and nothing that was erased."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pyrage
import pytest
from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from pytest_django.fixtures import Settings

from nayu.kernel import crypto
from nayu.kernel.privacy import ErasedId
from nayu.kernel.privacy.erased import FILE_NAME, append, erased_ids
from nayu.kernel.tenancy import new_id
from nayu.project import env, postgres, roles
from nayu.project.backup import archive, erased_lists, identity, manifest, refusals
from nayu.project.backup.bring_back import BroughtBack, bring_back
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from nayu.project.backup.workbench import workbench
from nayu.project.commands import backup as backup_command
from nayu.project.commands import restore as restore_command
from tests.database import PASSWORDS, TEMPLATE, Server
from tests.room.models import Book

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("django_db_setup")]

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
KEY = pyrage.x25519.Identity.generate()
SOURCE = "nayu_source"

#: What a backup must carry beside rows: owners, rights, walls, functions, triggers.
CATALOGUE = {
    "relations": """
        SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity,
            c.relforcerowsecurity, ARRAY(SELECT unnest(c.relacl)::text ORDER BY 1)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace""",
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "functions": """
        SELECT proname, pg_get_userbyid(proowner), prosecdef, proconfig::text, prosrc,
            ARRAY(SELECT unnest(proacl)::text ORDER BY 1)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences",
    "defaults": """
        SELECT pg_get_userbyid(defaclrole), defaclobjtype::text,
            ARRAY(SELECT unnest(defaclacl)::text ORDER BY 1) FROM pg_default_acl""",
    "schema": """
        SELECT nspname, pg_get_userbyid(nspowner), ARRAY(SELECT unnest(nspacl)::text ORDER BY 1)
        FROM pg_namespace WHERE nspname = 'public'""",
}

PLANTED = """
CREATE FUNCTION ledger_write(n int) RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, public AS 'SELECT n + 1';
ALTER FUNCTION ledger_write OWNER TO nayu_ledger;
REVOKE ALL ON FUNCTION ledger_write FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_write TO nayu_app;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'append only'; END$$;
CREATE TRIGGER never BEFORE TRUNCATE ON room_book EXECUTE FUNCTION never();
ALTER TABLE room_book ENABLE ALWAYS TRIGGER never;
"""


def catalogue(url: str) -> dict[str, list[Any]]:
    with psycopg.connect(url) as connection:
        return {
            what: sorted(connection.execute(question.encode()).fetchall(), key=str)
            for what, question in CATALOGUE.items()
        }


def measures(url: str) -> manifest.Measures:
    with psycopg.connect(url) as connection:
        return manifest.measure(connection)


def files(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def programs() -> Programs:
    return Programs.chosen()


def book(lao_id: int, title: str) -> tuple[Book, list[object]]:
    """A book and its row, sealed without going through the test's own connection."""
    row = Book(pk=new_id(), lao_id=lao_id, title=title)
    borrower, _ = crypto.sealed_fields(Book)
    return row, [row.pk, lao_id, title, bytes(borrower.sealed(row, f"ยืมโดย {title}"))]


@pytest.fixture(scope="module")
def source(server: Server, django_db_setup: None) -> Iterator[Installation]:
    """An installation with three LAOs, rows in each, media, and a function of the ledger's."""
    del django_db_setup
    folder = Path(tempfile.mkdtemp(prefix="nayu-source-"))
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER nayu_owner").format(
                sql.Identifier(SOURCE), sql.Identifier(TEMPLATE)
            )
        )
    url = server.url(roles.OWNER, SOURCE)
    with psycopg.connect(url) as owner:
        owner.execute(PLANTED)
        laos = [lao for (lao,) in owner.execute("SELECT id FROM places_lao ORDER BY id")]
        for lao in laos:
            shelf = new_id()
            owner.execute(
                "INSERT INTO room_shelf (id, lao_id, label) VALUES (%s, %s, 'ชั้น')", [shelf, lao]
            )
            for n in range(5 * lao):
                owner.execute(
                    "INSERT INTO room_book (id, lao_id, title, borrower, shelf_id)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    [*book(lao, f"เล่ม {n}")[1], shelf],
                )
        owner.execute(
            "INSERT INTO room_shelf (id, lao_id, label)"
            " SELECT gen_random_uuid(), %s, 'ชั้นที่ ' || n FROM generate_series(1, 5000) n",
            [laos[-1]],
        )
    (folder / "media" / "ก ข").mkdir(parents=True)
    (folder / "media" / "ก ข" / "รูป.jpg").write_bytes(bytes(range(256)) * 9000)
    (folder / "media" / ("n" * 180)).write_bytes(b"")
    yield Installation(url, folder, folder / "media", programs())
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(SOURCE)))
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Made:
    to = tmp_path_factory.mktemp("backups")
    return make(source, to=to, recipient=str(KEY.to_public()), now=NOON)


@pytest.fixture(scope="module")
def second_server() -> Iterator[postgres.EmbeddedPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="nayu-pg2-"))
    folder.chmod(0o711)
    second = postgres.EmbeddedPostgres(
        folder / "db",
        "admin-pw",
        Path(env.POSTGRES_BIN.raw or postgres.wheel_programs()),
        settings=("fsync=off", "full_page_writes=off"),
    )
    second.start()
    try:
        yield second
    finally:
        second.stop()
        shutil.rmtree(folder)


class Machine:
    """An empty machine of its own."""

    def __init__(self, second: postgres.EmbeddedPostgres, folder: Path) -> None:
        self.second = second
        admin = self.url(postgres.ADMIN, "postgres")
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS nayu WITH (FORCE)")
        roles.prepare(admin, database="nayu", passwords=PASSWORDS)
        self.empty = Installation(
            self.url(roles.OWNER), folder / "new", folder / "new" / "media", programs()
        )
        self.backups = folder / "backups"
        self.backups.mkdir()

    def url(self, user: str, database: str = "nayu") -> str:
        passwords = {
            postgres.ADMIN: "admin-pw",
            roles.OWNER: PASSWORDS.owner,
            roles.APP: PASSWORDS.app,
        }
        return self.second.url(user=user, password=passwords[user], database=database)

    def given(self, content: bytes) -> Path:
        file = self.backups / "nayu.age"
        file.write_bytes(content)
        return file

    def restore(self, file: Path, **changed: Any) -> BroughtBack:
        wanted: dict[str, Any] = {
            "into": self.empty,
            "identity": str(KEY),
            "known_migrations": known_migrations(),
            **changed,
        }
        return bring_back(file, **wanted)

    def app_may_enter(self) -> bool:
        try:
            psycopg.connect(self.url(roles.APP)).close()
        except psycopg.OperationalError:
            return False
        return True

    def state(self) -> tuple[object, ...]:
        media = files(self.empty.media)
        return catalogue(self.empty.owner_url), measures(self.empty.owner_url), media


def known_migrations() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


@pytest.fixture
def machine(second_server: postgres.EmbeddedPostgres, tmp_path: Path) -> Machine:
    return Machine(second_server, tmp_path)


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
                other.execute("DELETE FROM room_book WHERE title = 'เล่ม 0'")
            super().dump(url, snapshot=snapshot, to=to)

    before = measures(source.owner_url)
    busy = replace(source, programs=Meanwhile(programs().folder))
    late = make(busy, to=machine.backups, recipient=str(KEY.to_public()), now=NOON)
    machine.restore(late.file)

    assert measures(source.owner_url) != before
    assert measures(machine.empty.owner_url) == before


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
    twin = replace(gone, lao_id=1)
    other = replace(gone, table="a_table_of_tomorrow")
    file = machine.given(made.file.read_bytes())
    machine.empty.data_dir.mkdir()
    folder = machine.backups if where == "beside the backup" else machine.empty.data_dir
    append(folder / FILE_NAME, [gone, twin, other])

    done = machine.restore(file)

    assert done.erased_again == 1
    assert done.had_erased_list == (where == "beside the backup")
    with psycopg.connect(machine.empty.owner_url) as owner:
        assert not owner.execute("SELECT 1 FROM room_book WHERE id = %s", [gone.row_id]).fetchone()
        assert erased_lists.in_table(owner) == {gone, twin, other}
    rows = {
        lao: count for lao, (count, _) in measures(machine.empty.owner_url)["room_book"].items()
    }
    assert rows["2"] == made.manifest.tables["room_book"]["2"][0] - 1
    assert rows["1"] == made.manifest.tables["room_book"]["1"][0]
    assert erased_ids(machine.empty.data_dir / FILE_NAME) == {gone, twin, other}


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


def test_a_damaged_list_is_refused_before_anything_is_touched(made: Made, machine: Machine) -> None:
    file = machine.given(made.file.read_bytes())
    (machine.backups / FILE_NAME).write_text("{}\n")
    untouched(machine, file, refusals.ErasedListDamaged)


# Refusals, and nothing changed


def untouched(
    machine: Machine, file: Path, refusal: type[refusals.BackupRefused], **changed: Any
) -> None:
    """The restore refuses so, and database and media are as they were."""
    before = machine.state()
    with pytest.raises(refusal):
        machine.restore(file, **changed)
    assert machine.state() == before
    assert machine.app_may_enter()
    assert not (machine.empty.data_dir / "backup-workbench").exists()


def test_a_wrong_key_opens_nothing(made: Made, machine: Machine) -> None:
    other = str(pyrage.x25519.Identity.generate())
    untouched(machine, made.file, refusals.WrongKey, identity=other)


def test_a_cut_file_is_refused_wherever_it_was_cut(made: Made, machine: Machine) -> None:
    content = made.file.read_bytes()
    size = len(content)
    for cut in (0, 1, 50, 150, 300, 65_536, size // 2, size - 65_536, size - 16, size - 1):
        untouched(machine, machine.given(content[:cut]), refusals.DamagedBackup)


def test_a_changed_byte_is_noticed_wherever_it_is(made: Made, machine: Machine) -> None:
    content = made.file.read_bytes()
    size = len(content)
    for at in (3, 60, 190, 300, 70_000, size // 2, size - 1):
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises((refusals.DamagedBackup, refusals.WrongKey)):
            machine.restore(machine.given(bytes(changed)))
    longer = machine.given(content + b"\0")
    untouched(machine, longer, refusals.DamagedBackup)


def sealed_again(made: Made, machine: Machine, **changed: Any) -> Path:
    """The same backup with another manifest, as a newer or a confused Nayu would write it."""
    with workbench(machine.backups) as bench:
        archive.unseal(made.file, bench / "tar", str(KEY))
        found = archive.unpack(bench / "tar", bench / "members")
        members = {name: bench / "members" / name for name in found.files}
        file = machine.backups / "again.age"
        with file.open("wb") as out:
            archive.pack(replace(found, **changed), members, out, str(KEY.to_public()))
    return file


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"format": manifest.FORMAT + 1}, refusals.NewerBackup),
        ({"nayu": "99.0"}, refusals.NewerBackup),
        ({"migrations": ["room.9999_of_tomorrow"]}, refusals.NewerBackup),
        ({"postgres": 990_000}, refusals.ServerTooOld),
        ({"master_keys": {"k1": "0" * 16}}, refusals.MasterKeysMissing),
        ({"master_keys": {"k9": "0" * 16}}, refusals.MasterKeysMissing),
        ({"format": "one"}, refusals.DamagedBackup),
    ],
)
def test_a_backup_that_this_nayu_cannot_hold_is_refused(
    made: Made, machine: Machine, changed: dict[str, Any], refusal: type[refusals.BackupRefused]
) -> None:
    untouched(machine, sealed_again(made, machine, **changed), refusal)


def test_members_must_be_those_of_the_manifest(made: Made, machine: Machine) -> None:
    listed = made.manifest.files
    wrong = {**listed, archive.DUMP: (listed[archive.DUMP][0], "0" * 64)}
    untouched(machine, sealed_again(made, machine, files=wrong), refusals.DamagedBackup)


@pytest.mark.parametrize("name", ["media/../../escaped", "/media/x", "other", "media//x"])
def test_a_member_that_would_leave_the_folder_is_refused(
    made: Made, machine: Machine, tmp_path: Path, name: str
) -> None:
    evil = tmp_path / "evil"
    evil.write_bytes(b"x")
    strange = replace(made.manifest, files={name: archive.digest(evil)})
    file = machine.backups / "evil.age"
    with file.open("wb") as out:
        archive.pack(strange, {name: evil}, out, str(KEY.to_public()))
    untouched(machine, file, refusals.DamagedBackup)
    assert not (machine.empty.data_dir / "escaped").exists()


def test_lost_master_keys_can_be_accepted_in_so_many_words(made: Made, machine: Machine) -> None:
    file = sealed_again(made, machine, master_keys={"k1": "0" * 16})
    machine.restore(file, lose_sealed=True)
    assert measures(machine.empty.owner_url) == made.manifest.tables


def test_a_database_with_anything_in_it_is_not_overwritten(made: Made, machine: Machine) -> None:
    with psycopg.connect(machine.empty.owner_url) as owner:
        owner.execute("CREATE TABLE somebodys (n int)")
    untouched(machine, made.file, refusals.DatabaseNotEmpty)


def test_media_are_not_overwritten(made: Made, machine: Machine) -> None:
    machine.empty.media.mkdir(parents=True)
    (machine.empty.media / "somebodys.jpg").write_bytes(b"x")
    untouched(machine, made.file, refusals.MediaNotEmpty)


def test_a_running_nayu_is_not_restored_under_its_feet(made: Made, machine: Machine) -> None:
    with psycopg.connect(machine.url(roles.APP)):
        untouched(machine, made.file, refusals.DatabaseInUse)


def test_one_at_a_time(source: Installation, tmp_path: Path) -> None:
    with workbench(source.data_dir), pytest.raises(refusals.AlreadyRunning):
        make(source, to=tmp_path, recipient=str(KEY.to_public()), now=NOON)


def test_a_restore_that_breaks_off_leaves_the_database_empty_and_open(
    made: Made, machine: Machine
) -> None:
    class Cut(Programs):
        def restore(self, url: str, dump: Path) -> None:
            dump.write_bytes(dump.read_bytes()[:-2000])
            super().restore(url, dump)

    cut = replace(machine.empty, programs=Cut(programs().folder))
    untouched(machine, made.file, refusals.ProgramFailed, into=cut)


def test_what_the_database_refuses_leaves_nothing_behind(made: Made, machine: Machine) -> None:
    with psycopg.connect(machine.empty.owner_url) as owner:
        owner.execute("CREATE TABLE room_book (n int)")
    before = machine.state()
    with workbench(machine.backups) as bench:
        archive.unseal(made.file, bench / "tar", str(KEY))
        archive.unpack(bench / "tar", bench / "members")
        with pytest.raises(refusals.ProgramFailed, match="already exists"):
            programs().restore(machine.empty.owner_url, bench / "members" / archive.DUMP)
    assert machine.state() == before


def test_what_comes_back_different_stays_shut(made: Made, machine: Machine) -> None:
    class Careless(Programs):
        def restore(self, url: str, dump: Path) -> None:
            super().restore(url, dump)
            with psycopg.connect(url) as owner:
                owner.execute("UPDATE room_book SET title = title || '!' WHERE lao_id = 3")

    careless = replace(machine.empty, programs=Careless(programs().folder))
    with pytest.raises(refusals.NotAsBackedUp, match="room_book 3"):
        machine.restore(made.file, into=careless)
    assert not machine.app_may_enter()


def test_programs_older_than_the_server_are_refused(source: Installation, tmp_path: Path) -> None:
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    with pytest.raises(refusals.ProgramsTooOld):
        make(
            replace(source, programs=Programs(tmp_path)),
            to=tmp_path / "backups",
            recipient=str(KEY.to_public()),
            now=NOON,
        )
    assert files(tmp_path / "backups") == {}


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
