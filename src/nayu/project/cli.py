"""
``nayu``: finds its commands by their file names in :mod:`nayu.project.commands`.

Only the standard library is imported until a command is chosen, so that help comes at once.
"""

import argparse
import ast
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn, Protocol, cast

from nayu.project.env import BadSetting
from nayu.project.terminal import CommandRefused

_FOLDER = Path(__file__).parent / "commands"
_REFUSED = 2
_INTERRUPTED = 130


class Command(Protocol):
    """What a file in ``commands`` holds."""

    HELP: tuple[str, str]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int:
        """:returns: the exit code."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CommandRefused(
            f"คำสั่งไม่ครบหรือไม่ถูกต้อง ดูวิธีใช้ด้วย {self.prog} --help", f"{self.prog}: {message}"
        )


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    thai: str
    english: str

    def load(self) -> Command:
        module = import_module(f"nayu.project.commands.{self.name.replace('-', '_')}")
        return cast("Command", module)


def entries() -> dict[str, Entry]:
    """Every command by its name, in order of the alphabet."""
    files = sorted(_FOLDER.glob("[a-z]*.py"))
    return {entry.name: entry for entry in map(_entry, files)}


def _entry(file: Path) -> Entry:
    # Read without importing: a command may lean on half the house.
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="HELP")], value=value):
                thai, english = ast.literal_eval(value)
                return Entry(file.stem.replace("_", "-"), thai, english)
    raise AssertionError(f"{file} has no HELP")


def main(words: Sequence[str] | None = None) -> int:
    """:returns: the exit code."""
    given = list(sys.argv[1:] if words is None else words)
    return answered(lambda: _dispatch(given))


def answered(body: Callable[[], int]) -> int:
    """:returns: the body's exit code; 2 where Nayu says no, 130 where it was interrupted."""
    try:
        return body()
    except CommandRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return _REFUSED
    except BadSetting as error:
        sys.stderr.write(f"การตั้งค่าไม่ถูกต้อง · {error}\n")
        return _REFUSED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _dispatch(words: list[str]) -> int:
    known = entries()
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_overview(known.values()))
        return 0
    name, *rest = words
    if name not in known:
        raise CommandRefused(
            f"ไม่รู้จักคำสั่ง {name!r} พิมพ์ nayu --help เพื่อดูคำสั่งทั้งหมด",
            f"There is no command {name!r}; `nayu --help` lists them.",
        )
    command = known[name].load()
    return command.run(parser_of(known[name], command).parse_args(rest))


def parser_of(entry: Entry, command: Command) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"nayu {entry.name}",
        description=f"{entry.thai}\n{entry.english}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    return parser


def _overview(commands: Iterable[Entry]) -> str:
    lines = ["น่าอยู่ · Nayu", "", "nayu <คำสั่ง · command> [--help]", ""]
    for entry in commands:
        lines += [f"  {entry.name:<12} {entry.thai}", f"  {'':<12} {entry.english}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
