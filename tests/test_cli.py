"""The commands as a person types them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nayu.project import cli
from nayu.project.env import BadSetting
from nayu.project.terminal import CommandRefused

THAI = re.compile(r"[ก-๙]{3,}")


@pytest.fixture(params=sorted(cli.entries()))
def entry(request: pytest.FixtureRequest) -> cli.Entry:
    return cli.entries()[request.param]


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit, match="0"):
        raise SystemExit(cli.main([*words, "--help"]))
    return capsys.readouterr().out


def test_help_lists_every_command_in_thai_and_english(capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys)
    for entry in cli.entries().values():
        assert entry.name in text
        assert entry.thai in text
        assert entry.english in text


def test_every_command_explains_itself_in_thai_and_english(
    capsys: pytest.CaptureFixture[str], entry: cli.Entry
) -> None:
    text = help_of(capsys, entry.name)
    assert THAI.search(entry.thai)
    assert entry.english.isascii()
    assert entry.thai in text
    assert entry.english in text


def test_the_promised_commands_are_there() -> None:
    assert {"create-lao", "demo", "migrate", "serve", "web"} <= set(cli.entries())


def test_a_new_file_is_a_new_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "water_garden.py").write_text('HELP = ("รดน้ำ", "Water the garden.")\n')
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(cli, "_FOLDER", tmp_path)
    assert cli.entries() == {"water-garden": cli.Entry("water-garden", "รดน้ำ", "Water the garden.")}


@pytest.mark.slow
def test_help_imports_nothing_but_the_standard_library() -> None:
    asked = (
        "import sys; from nayu.project import cli; cli.main(['--help']); "
        "print({'django', 'psycopg', 'granian'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")


@pytest.mark.parametrize(
    "words", [["dmeo"], ["create-lao"], ["demo", "--jsno"], ["serve", "now"]], ids=" ".join
)
def test_what_it_does_not_understand_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert cli.main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert THAI.search(told.err)
    assert words[0] in told.err


def refuse() -> int:
    raise CommandRefused("ไม่ได้", "No.")


def misread() -> int:
    raise BadSetting("NAYU_PORT='x' is not a whole number")


def interrupt() -> int:
    raise KeyboardInterrupt


def test_a_refusal_is_one_sentence_and_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert (cli.answered(refuse), cli.answered(misread)) == (2, 2)
    assert capsys.readouterr().err.splitlines() == [
        "ไม่ได้ · No.",
        "การตั้งค่าไม่ถูกต้อง · NAYU_PORT='x' is not a whole number",
    ]


def test_an_interrupted_command_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.answered(interrupt) == 130
    assert capsys.readouterr().err == ""
