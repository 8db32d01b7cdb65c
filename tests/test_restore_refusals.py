"""What a restore refuses, and that nothing is changed by it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest

from nayu.kernel.privacy.erased import FILE_NAME
from nayu.project import roles
from nayu.project.backup import archive, manifest, refusals
from nayu.project.backup.make import Installation, Made, make
from nayu.project.backup.programs import Programs
from nayu.project.backup.workbench import workbench
from tests.machines import (
    KEY,
    NOON,
    Machine,
    files,
    measures,
    programs,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("django_db_setup")]


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


def test_a_member_that_the_manifest_promises_must_be_there(made: Made, machine: Machine) -> None:
    promised = {**made.manifest.files, "media/lost.jpg": (1, "0" * 64)}
    untouched(machine, sealed_again(made, machine, files=promised), refusals.DamagedBackup)


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


def test_a_dump_that_cannot_be_read_to_its_end_leaves_nothing_behind(
    machine: Machine, tmp_path: Path
) -> None:
    (tmp_path / "psql").symlink_to(programs().folder / "psql")
    half = tmp_path / "pg_restore"
    half.write_text("#!/bin/sh\necho 'CREATE TABLE half (n int);'\nexit 1\n")
    half.chmod(0o755)
    before = machine.state()
    with pytest.raises(refusals.ProgramFailed):
        Programs(tmp_path).restore(machine.empty.owner_url, tmp_path / "dump")
    assert machine.state() == before


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


def test_a_damaged_list_is_refused_before_anything_is_touched(made: Made, machine: Machine) -> None:
    file = machine.given(made.file.read_bytes())
    (machine.backups / FILE_NAME).write_text("{}\n")
    untouched(machine, file, refusals.ErasedListDamaged)
