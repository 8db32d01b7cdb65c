"""
The house as a tree of files: what the rules look at.

Every rule is a function of a :class:`House` that returns sentences, one a breach, so that a test
can hand it a small broken house.
"""

import ast
import io
import subprocess
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PACKAGE = "src/nayu"
#: Packages that are no rooms: the ground, and what starts everything.
FREE_FORM = frozenset({"kernel", "project"})

_NOT_CODE = frozenset(
    {
        *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
        *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
    }
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; ``path`` is relative to the house, with slashes."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def lines_of_code(self) -> int:
        """Without blank lines, comments and docstrings: explaining more must not cost."""
        taken: set[int] = set()
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type not in _NOT_CODE:
                taken.update(range(token.start[0], token.end[0] + 1))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                taken.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
        return len(taken)

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def is_test(self) -> bool:
        return self.path.startswith("tests/") or "/tests/" in self.path

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path

    @property
    def room(self) -> str:
        """The package under ``nayu``; empty for files outside the house's own code."""
        inside = self.path.removeprefix(f"{PACKAGE}/")
        return inside.partition("/")[0] if inside != self.path and "/" in inside else ""

    @property
    def layer(self) -> str:
        """The file or folder name inside its room, e.g. ``services``."""
        parts = self.path.split("/")
        return parts[3].removesuffix(".py") if self.room else ""


@dataclass(frozen=True)
class House:
    root: Path
    files: tuple[str, ...] = field(repr=False)

    @classmethod
    def of_checkout(cls, root: Path) -> "House":
        """What git keeps, and what it would keep when added."""
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        names = {name for name in listing.split("\0") if name}
        return cls(root, tuple(sorted(name for name in names if (root / name).is_file())))

    @classmethod
    def of_folder(cls, root: Path) -> "House":
        files = (path for path in root.rglob("*") if path.is_file())
        return cls(root, tuple(sorted(path.relative_to(root).as_posix() for path in files)))

    def text(self, name: str) -> str:
        """What is in a file of the house; empty when there is no such file."""
        return (self.root / name).read_text("utf-8") if name in self.files else ""

    def ending(self, suffix: str, *, under: str = "") -> tuple[str, ...]:
        return tuple(
            name for name in self.files if name.startswith(under) and name.endswith(suffix)
        )

    @cached_property
    def python(self) -> tuple[Source, ...]:
        """Every Python file but migrations, which a program writes."""
        sources = (Source(name, self.text(name)) for name in self.ending(".py"))
        return tuple(source for source in sources if not source.is_migration)

    @cached_property
    def code(self) -> tuple[Source, ...]:
        """What runs: ``src`` without its tests."""
        return tuple(
            source
            for source in self.python
            if source.path.startswith(f"{PACKAGE}/") and not source.is_test
        )

    @cached_property
    def tests(self) -> tuple[Source, ...]:
        return tuple(source for source in self.python if source.is_test)

    @property
    def templates(self) -> tuple[str, ...]:
        return tuple(
            name for name in self.ending(".html", under=f"{PACKAGE}/") if "/templates/" in name
        )

    @cached_property
    def rooms(self) -> tuple[str, ...]:
        """Every package under ``nayu`` that must have the anatomy of a room."""
        found = {source.room for source in self.python} - {"", *FREE_FORM}
        return tuple(sorted(found))
