"""Every kind of tampering is found: by somebody who may do anything to the database."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import transaction

from nayu.kernel import audit
from nayu.kernel.audit import chain, verify
from nayu.kernel.audit.verify import Broken, Flaw, Head, Line, check
from nayu.kernel.permissions import Guest
from nayu.kernel.scope import scope
from nayu.project import postgres
from tests.database import Laos, Server

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
LENGTH = 5
TRIGGERS = {
    "kernel_auditentry_link": "kernel_auditentry",
    "kernel_auditentry_keep": "kernel_auditentry",
    "kernel_auditlink_keep": "kernel_auditlink",
    "kernel_auditlink_by_ledger": "kernel_auditlink",
    "kernel_audithead_keep": "kernel_audithead",
    "kernel_audithead_by_ledger": "kernel_audithead",
}


def tell(lao_id: int, *, times: int = LENGTH) -> None:
    for _ in range(times):
        with scope(lao_id), transaction.atomic():
            audit.record("a.b", by=Guest(), now=NOON, why="a reason")


def head_of(lao_id: int) -> Head:
    with scope(lao_id), transaction.atomic():
        head = chain.head()
    assert head is not None, "the chain has begun"
    return head


def broken(lao_id: int, *kept: Head) -> list[Broken]:
    with scope(lao_id):
        return chain.checked(kept).broken


@contextmanager
def superuser(server: Server) -> Iterator[psycopg.Connection]:
    """Somebody whom neither grants, nor policies, nor triggers stop."""
    options = "-c session_replication_role=replica"
    with psycopg.connect(
        # Its values are put in on this side, so that several statements go at once.
        server.url(postgres.ADMIN),
        options=options,
        cursor_factory=psycopg.ClientCursor,
    ) as admin:
        for trigger, table in TRIGGERS.items():
            # Ours fire in replica mode too, so they have to be switched off by name.
            admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}".encode())
        yield admin
        for trigger, table in TRIGGERS.items():
            admin.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}".encode())


TAMPERING = {
    "text edited": (
        """UPDATE kernel_auditentry SET text = replace(text, 'a reason', 'no reason')
            WHERE id = (SELECT id FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3)""",
        Broken(0, 3, Flaw.EDITED),
    ),
    "column edited": (
        """UPDATE kernel_auditentry SET actor = 'system:nobody'
            WHERE id = (SELECT id FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3)""",
        Broken(0, 3, Flaw.COLUMNS),
    ),
    "hash edited": (
        "UPDATE kernel_auditlink SET hash = sha256('') WHERE lao_id = %(lao)s AND number = 3",
        Broken(0, 3, Flaw.EDITED),
    ),
    "entry deleted in the middle": (
        """DELETE FROM kernel_auditentry
            WHERE id = (SELECT id FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3)""",
        Broken(0, 3, Flaw.NO_ENTRY),
    ),
    "link deleted in the middle": (
        "DELETE FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3",
        Broken(0, 3, Flaw.MISSING),
    ),
    "both deleted, the rest moved up": (
        """DELETE FROM kernel_auditentry
            WHERE id = (SELECT id FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3);
           DELETE FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 3;
           UPDATE kernel_auditlink SET number = 3 WHERE lao_id = %(lao)s AND number = 4;
           UPDATE kernel_auditlink SET number = 4 WHERE lao_id = %(lao)s AND number = 5""",
        Broken(0, 3, Flaw.EDITED),
    ),
    "two places swapped": (
        """WITH old AS (SELECT number, id FROM kernel_auditlink WHERE lao_id = %(lao)s)
           UPDATE kernel_auditentry entry SET text = other.text
             FROM kernel_auditentry other, old here, old there
            WHERE here.id = entry.id AND there.id = other.id
              AND (here.number, there.number) IN ((2, 4), (4, 2))""",
        Broken(0, 2, Flaw.EDITED),
    ),
    "end cut, head left": (
        "DELETE FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 5",
        Broken(0, 5, Flaw.UNLINKED),
    ),
    "end cut with its entry, head left": (
        """WITH gone AS (DELETE FROM kernel_auditlink
                          WHERE lao_id = %(lao)s AND number = 5 RETURNING id)
           DELETE FROM kernel_auditentry WHERE id IN (SELECT id FROM gone)""",
        Broken(0, 5, Flaw.CUT),
    ),
    "entry of another LAO": (
        """UPDATE kernel_auditentry mine SET text = theirs.text
             FROM kernel_auditentry theirs, kernel_auditlink link
            WHERE link.lao_id = %(lao)s AND link.number = 3 AND mine.id = link.id
              AND theirs.lao_id = %(other)s""",
        Broken(0, 3, Flaw.FOREIGN),
    ),
    "row moved to another LAO": (
        """WITH moved AS (UPDATE kernel_auditlink SET lao_id = %(other)s, number = 99
                           WHERE lao_id = %(lao)s AND number = 3 RETURNING id)
           UPDATE kernel_auditentry SET lao_id = %(other)s WHERE id IN (SELECT id FROM moved)""",
        Broken(0, 3, Flaw.MISSING),
    ),
    "entry planted outside the chain": (
        """INSERT INTO kernel_auditentry
                  (id, lao_id, text, happened_at, action, actor, on_table, on_row)
           VALUES (gen_random_uuid(), %(lao)s, '{}', now(), 'a.b', 'guest', '', '')""",
        Broken(0, 6, Flaw.UNLINKED),
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_where_it_was_done(laos: Laos, server: Server, how: str) -> None:
    statement, expected = TAMPERING[how]
    tell(laos.pak_phun)
    tell(laos.lom_raet, times=1)
    assert broken(laos.pak_phun) == []

    with superuser(server) as admin:
        done = admin.execute(
            statement.encode(), {"lao": laos.pak_phun, "other": laos.lom_raet}
        ).rowcount

    assert done > 0
    assert broken(laos.pak_phun) == [replace(expected, lao=laos.pak_phun)]


CUT = """
WITH gone AS (DELETE FROM kernel_auditlink WHERE lao_id = %(lao)s AND number > 3 RETURNING id),
    entry AS (DELETE FROM kernel_auditentry WHERE id IN (SELECT id FROM gone))
UPDATE kernel_audithead head SET number = link.number, hash = link.hash
  FROM kernel_auditlink link
 WHERE head.lao_id = %(lao)s AND link.lao_id = %(lao)s AND link.number = 3
"""


@pytest.mark.django_db(transaction=True)
def test_a_cut_tail_is_found_by_a_head_kept_outside_and_by_nothing_else(
    laos: Laos, server: Server
) -> None:
    tell(laos.pak_phun)
    kept = head_of(laos.pak_phun)

    with superuser(server) as admin:
        admin.execute(CUT.encode(), {"lao": laos.pak_phun})

    assert broken(laos.pak_phun) == []
    assert broken(laos.pak_phun, kept) == [Broken(laos.pak_phun, 4, Flaw.CUT)]
    # Grown again to the old length it still is not the old chain.
    tell(laos.pak_phun, times=4)
    assert broken(laos.pak_phun) == []
    assert broken(laos.pak_phun, kept) == [Broken(laos.pak_phun, 5, Flaw.OTHER_HEAD)]


REWRITTEN = """
DO $$
DECLARE
    link record;
    before bytea := decode(repeat('00', 32), 'hex');
BEGIN
    UPDATE kernel_auditentry SET text = replace(text, 'a reason', 'no reason')
     WHERE id = (SELECT id FROM kernel_auditlink WHERE lao_id = %(lao)s AND number = 2);
    FOR link IN SELECT * FROM kernel_auditlink WHERE lao_id = %(lao)s ORDER BY number LOOP
        SELECT sha256(before || convert_to(text, 'UTF8')) INTO before
          FROM kernel_auditentry WHERE id = link.id;
        UPDATE kernel_auditlink SET hash = before WHERE id = link.id;
    END LOOP;
    UPDATE kernel_audithead SET hash = before WHERE lao_id = %(lao)s;
END
$$
"""


@pytest.mark.django_db(transaction=True)
def test_a_chain_written_anew_from_the_edit_on_is_found_by_any_head_kept_since(
    laos: Laos, server: Server
) -> None:
    tell(laos.pak_phun)
    kept = head_of(laos.pak_phun)
    tell(laos.pak_phun)

    with superuser(server) as admin:
        admin.execute(REWRITTEN.encode(), {"lao": laos.pak_phun})

    assert broken(laos.pak_phun) == []
    assert broken(laos.pak_phun, kept) == [Broken(laos.pak_phun, 5, Flaw.OTHER_HEAD)]


def made(length: int, lao: int = 7) -> list[Line]:
    """A chain as an export has it, made by the rule in :mod:`verify` and not by the database."""
    lines: list[Line] = []
    before = bytes(32)
    for number in range(1, length + 1):
        row = {
            "id": f"01900000-0000-7000-8000-{number:012}",
            "happened_at": "2026-08-01T12:00:00.000000Z",
            "action": "a.b",
            "actor": "guest",
            "on_table": "",
            "on_row": "",
        }
        text = verify.canonical({**row, "lao": lao, "fields": [], "why": ""})
        before = hashlib.sha256(before + text.encode()).digest()
        lines.append(Line(lao, number, before.hex(), text, row))
    return lines


def test_chains_of_several_laos_may_lie_in_one_file() -> None:
    result = check([*made(3, lao=7), *made(2, lao=8)])
    assert (result.lengths, result.broken) == ({7: 3, 8: 2}, [])


def test_one_broken_chain_does_not_hide_another() -> None:
    result = check([*made(3, lao=7)[1:], *made(4, lao=8)[:2], *made(4, lao=8)[3:]])
    assert result.broken == [Broken(7, 1, Flaw.MISSING), Broken(8, 3, Flaw.MISSING)]


def test_lines_in_another_order_are_found() -> None:
    first, second, third = made(3)
    assert check([first, third, second]).broken == [Broken(7, 2, Flaw.MISSING)]
    assert check([first, second, first]).broken == [Broken(7, 3, Flaw.NOT_HERE)]


def test_a_row_of_another_lao_is_found_though_its_hash_was_made_to_fit() -> None:
    first = made(1, lao=8)[0]
    assert check([replace(first, lao=7)]).broken == [Broken(7, 1, Flaw.FOREIGN)]


def test_a_lao_that_has_a_head_elsewhere_and_no_chain_here_was_cut_off_whole() -> None:
    assert check([], [Head(7, 3, "00")]).broken == [Broken(7, 1, Flaw.CUT)]


def test_an_older_head_holds_as_long_as_the_chain_went_on_from_it() -> None:
    lines = made(5)
    kept = Head(7, 3, str(lines[2].hash))
    assert check(lines, [kept]).broken == []
    assert check(lines, [replace(kept, hash="00")]).broken == [Broken(7, 3, Flaw.OTHER_HEAD)]


def write(path: Path, lines: list[Line] | list[Head]) -> Path:
    path.write_text("".join(json.dumps(asdict(line)) + "\n" for line in lines), encoding="utf-8")
    return path


def alone(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The checker as an auditor has it: one file, a bare Python, no environment, no libraries."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", verify.__file__, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={},
        check=False,
    )


@pytest.mark.slow
def test_the_checker_runs_alone_and_says_what_it_found(tmp_path: Path) -> None:
    lines = made(3)
    file = write(tmp_path / "chain.jsonl", lines)
    kept = write(tmp_path / "heads.jsonl", [Head(7, 3, str(lines[2].hash))])

    whole = alone(file, "--heads", kept)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout == ("อปท. 7: สายโซ่ครบถ้วน 3 รายการ\nLAO 7: the chain is whole, entries: 3\n")

    cut = alone(write(tmp_path / "cut.jsonl", lines[:2]), "--heads", kept)
    assert cut.returncode == 1
    assert "LAO 7, number 3: the end is gone" in cut.stdout


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        pytest.param("[" * 100_000, id="deep"),
        '{"lao": 7}',
        '{"lao": "7", "number": 1, "hash": ""}',
        '{"lao": 7, "number": null, "hash": ""}',
        '{"lao": 7, "number": 1, "hash": ["00"]}',
    ],
)
def test_a_file_that_is_no_export_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "chain.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(verify.NotReadable, match=r"chain\.jsonl:1"):
        list(verify.read_heads(file))


@pytest.mark.parametrize(
    "text", ["", "[]", pytest.param("[" * 100_000, id="deep"), "\ud800", "{}", '{"lao":7}']
)
def test_whatever_stands_for_a_text_it_is_a_flaw_and_no_crash(text: str) -> None:
    first = replace(made(1)[0], text=text)
    assert check([first]).broken == [Broken(7, 1, Flaw.EDITED)]
    digest = hashlib.sha256(bytes(32) + text.encode(errors="surrogatepass")).hexdigest()
    assert check([replace(first, hash=digest)]).broken == [Broken(7, 1, Flaw.COLUMNS)]


def test_a_second_spelling_of_the_same_text_is_no_entry() -> None:
    first = made(1)[0]
    text = f" {first.text}"
    digest = hashlib.sha256(bytes(32) + text.encode()).hexdigest()
    assert check([replace(first, text=text, hash=digest)]).broken == [Broken(7, 1, Flaw.COLUMNS)]


def test_two_heads_that_contradict_each_other_cannot_both_hold() -> None:
    line = made(1)[0]
    heads = [Head(7, 1, str(line.hash)), Head(7, 1, "00")]
    assert check([line], heads).broken == [Broken(7, 1, Flaw.OTHER_HEAD)]


def test_an_empty_file_proves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "chain.jsonl").touch()
    assert verify.run(tmp_path / "chain.jsonl", None, None) == 2
    assert "ไม่พบสายโซ่" in capsys.readouterr().err


def test_a_missing_file_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.run(tmp_path / "none.jsonl", None, None) == 2
    assert "อ่านไฟล์ไม่ได้" in capsys.readouterr().err
