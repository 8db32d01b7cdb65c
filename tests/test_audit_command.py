"""``nayu audit``: what an operator and an auditor see."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from nayu.kernel import audit
from nayu.kernel.audit.models import AuditEntry
from nayu.kernel.permissions import Guest
from nayu.kernel.scope import scope
from nayu.project.commands import audit as command
from tests.database import Laos

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def nayu_audit(*words: str | Path) -> int:
    parser = ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def told(laos: Laos) -> Laos:
    """Two entries in Pak Phun, one in Lom Raet, none in Wiang Phrao."""
    for lao_id in (laos.pak_phun, laos.pak_phun, laos.lom_raet):
        with scope(lao_id), transaction.atomic():
            audit.record("a.b", by=Guest(), now=NOON)
    return laos


@pytest.mark.django_db(transaction=True)
def test_the_live_chains_are_whole(told: Laos, capsys: pytest.CaptureFixture[str]) -> None:
    assert nayu_audit("verify") == 0
    assert capsys.readouterr().out.splitlines()[1::2] == [
        f"LAO {told.pak_phun}: the chain is whole, entries: 2",
        f"LAO {told.wiang_phrao}: the chain is whole, entries: 0",
        f"LAO {told.lom_raet}: the chain is whole, entries: 1",
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_is_whole_and_agrees_with_the_heads_kept_elsewhere(
    told: Laos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nayu_audit("head") == 0
    heads = tmp_path / "heads.jsonl"
    printed = capsys.readouterr().out
    assert [json.loads(line)["lao"] for line in printed.splitlines()] == [
        told.pak_phun,
        told.lom_raet,
    ]
    heads.write_text(printed, encoding="utf-8")

    file = tmp_path / "chain.jsonl"
    assert nayu_audit("export", file) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert nayu_audit("verify", file, "--heads", heads) == 0
    assert nayu_audit("verify", "--heads", heads) == 0

    cut = tmp_path / "cut.jsonl"
    cut.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    assert nayu_audit("verify", cut, "--heads", heads) == 1
    assert nayu_audit("verify", cut, "--heads", heads, "--lao", str(told.pak_phun)) == 0


@pytest.mark.django_db(transaction=True)
def test_an_export_is_itself_told_and_never_written_over_another(
    told: Laos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chain.jsonl"
    assert nayu_audit("export", file, "--lao", str(told.pak_phun)) == 0
    before = file.read_bytes()
    assert len(before.splitlines()) == 2
    with scope(told.pak_phun), transaction.atomic():
        assert AuditEntry.objects.filter(action="audit.exported", actor="system:audit").count() == 1

    assert nayu_audit("export", file) == 2
    assert "มีไฟล์" in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.django_db(transaction=True)
def test_a_head_of_a_lao_that_is_gone_is_not_overlooked(
    told: Laos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = tmp_path / "heads.jsonl"
    gone = told.lom_raet + 1
    heads.write_text(json.dumps({"lao": gone, "number": 3, "hash": "00"}))
    assert nayu_audit("verify", "--heads", heads) == 1
    assert f"LAO {gone}, number 1: the end is gone" in capsys.readouterr().out


def test_heads_that_cannot_be_read_are_refused_before_anything_is_asked(tmp_path: Path) -> None:
    assert nayu_audit("verify", "--heads", tmp_path / "none") == 2


@pytest.mark.slow
def test_a_file_is_checked_without_settings_and_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "chain.jsonl"
    file.touch()
    code = (
        "import sys, argparse; from nayu.project.commands import audit;"
        "parser = argparse.ArgumentParser(); audit.add_arguments(parser);"
        "sys.exit(audit.run(parser.parse_args(sys.argv[1:])))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", code, "verify", str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={},
        check=False,
    )
    # An empty file: it was read, and holds no chain.
    assert done.returncode == 2
    assert "There is no chain" in done.stderr
