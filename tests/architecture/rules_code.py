"""Rules over single files: the budgets of the house style, and what a linter cannot say."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath
from statistics import median, quantiles

from tests.architecture.house import PACKAGE, House, Source

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 10
USUAL_FILE = 300
KERNEL_LINES = 3_000
#: How pages look is drawn in the kernel and has no bearing on its size (ADR 0004).
KERNEL_LOOKS = (f"{PACKAGE}/kernel/components/", f"{PACKAGE}/kernel/templatetags/")
SUPPRESSIONS_PER_1000_LINES = 0.3
TESTS_TO_CODE = 1.0

#: A name that says nothing collects everything.
FORBIDDEN_NAMES = frozenset({"utils", "helpers", "common", "misc", "base"})
#: The name that Django looks for in a database backend.
NAMED_BY_DJANGO = frozenset({"src/nayu/kernel/database/base.py"})

#: Files through which the world comes in: only here a broad except may log and raise again.
DOORS = frozenset({"views", "line_handlers", "rest", "tasks", "subscribers", "panels"})
#: The worker's own door, in the kernel because it opens on the subscribers of every room.
DOORS_OF_THE_KERNEL = frozenset({"src/nayu/kernel/events/delivering.py"})

#: Nouns of the rooms. The kernel's own names must not know them; the roles in its permissions are
#: strings, and sentences for people may of course speak of people.
CIVIC = frozenset(
    {
        *("agenda", "booking", "caregiver", "citizen", "clinic", "complaint"),
        *("council", "forum", "household", "mayor", "meeting", "municipality", "officer"),
        *("patient", "person", "resident", "shelter", "survey", "village", "volunteer"),
        *("vote", "welfare"),
    }
)

# Brackets keep this file from naming what it forbids.
_ELSEWHERE = re.compile(
    r"(?<![\w./~$])/(?:home|Users|root)/\w[\w.-]*"
    r"|\bpypi[.]org\b|\bpythonhosted[.]org\b|\bnpmjs[.](?:org|com)\b|https?://registry[.]"
)
_SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:|ruff:|mypy:)")
_WITH_REASON = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+ -- |type: ignore\[[\w, -]+\]  # )\S+ \S+")


def files_are_short(house: House) -> list[str]:
    return [
        f"{source.path} has {source.lines} lines, more than {LONGEST_FILE}"
        for source in house.python
        if source.lines > LONGEST_FILE
    ]


def functions_are_short(house: House) -> list[str]:
    return [
        f"{source.path}:{line} {name} has {length} lines, more than {LONGEST_FUNCTION}"
        for source in house.python
        for name, line, length in _lengths(source)
        if length > LONGEST_FUNCTION
    ]


def the_usual_file_and_function_are_small(house: House) -> list[str]:
    functions = [length for source in house.code for _, _, length in _lengths(source)]
    files = [source.lines for source in house.code if source.lines]
    found = []
    if functions and median(functions) > MEDIAN_FUNCTION:
        found.append(f"half the functions have {median(functions)} lines or more")
    if len(files) > 1 and quantiles(files, n=20)[-1] > USUAL_FILE:
        found.append(f"one file in twenty has more than {USUAL_FILE} lines")
    return found


def _lengths(source: Source) -> Iterator[tuple[str, int, int]]:
    for function in source.functions:
        assert function.end_lineno is not None, "parsed from text"
        yield function.name, function.lineno, function.end_lineno - function.lineno + 1


def names_say_something(house: House) -> list[str]:
    return [
        f"{source.path}: a name that says nothing collects everything"
        for source in house.python
        if source.path not in NAMED_BY_DJANGO
        and FORBIDDEN_NAMES.intersection(PurePosixPath(source.path).with_suffix("").parts)
    ]


def imports_stand_at_the_top(house: House) -> list[str]:
    """Neither in a function nor behind ``if TYPE_CHECKING``."""
    return [
        f"{source.path}:{node.lineno} an import that waits is a cycle confessing"
        for source in house.python
        for node in set(ast.walk(source.tree)) - set(source.tree.body)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def excepts_are_narrow(house: House) -> list[str]:
    return [
        f"{source.path}:{node.lineno} catches what nobody foresaw"
        for source in house.code
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler | ast.Call) and _is_broad(node)
        if not (_is_door(source) and _raises_again(node))
    ]


def _is_broad(node: ast.ExceptHandler | ast.Call) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is None or _names_everything(node.type)
    suppresses = ast.unparse(node.func).endswith("suppress")
    return suppresses and any(_names_everything(argument) for argument in node.args)


def _names_everything(node: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Name) and part.id in {"Exception", "BaseException"}
        for part in ast.walk(node)
    )


def _is_door(source: Source) -> bool:
    return source.layer in DOORS or source.path in DOORS_OF_THE_KERNEL


def _raises_again(node: ast.ExceptHandler | ast.Call) -> bool:
    return isinstance(node, ast.ExceptHandler) and isinstance(node.body[-1], ast.Raise)


def suppressions_are_few_and_reasoned(house: House) -> list[str]:
    marks = [
        (source.path, token.start[0], token.string)
        for source in house.python
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline)
        if token.type == tokenize.COMMENT and _SUPPRESSION.match(token.string)
    ]
    found = [
        f"{path}:{line} silences a check without its code and its reason"
        for path, line, comment in marks
        if not _WITH_REASON.match(comment)
    ]
    lines = sum(source.lines for source in house.python)
    allowed = int(lines * SUPPRESSIONS_PER_1000_LINES / 1000)
    if len(marks) > allowed:
        places = ", ".join(f"{path}:{line}" for path, line, _ in marks)
        found.append(f"{len(marks)} checks silenced, {allowed} allowed in {lines} lines: {places}")
    return found


def tests_outweigh_code(house: House) -> list[str]:
    code = sum(source.lines_of_code for source in house.code)
    tests = sum(source.lines_of_code for source in house.tests)
    if tests >= TESTS_TO_CODE * code:
        return []
    return [f"{tests} lines of test code for {code} of code, less than {TESTS_TO_CODE} to 1"]


def kernel_is_small(house: House) -> list[str]:
    mechanisms = (
        source
        for source in house.code
        if source.room == "kernel" and not source.path.startswith(KERNEL_LOOKS)
    )
    lines = sum(source.lines_of_code for source in mechanisms)
    if lines <= KERNEL_LINES:
        return []
    return [f"the kernel has {lines} lines of code, more than {KERNEL_LINES}"]


def kernel_knows_no_civic_nouns(house: House) -> list[str]:
    return sorted(
        {
            f"{source.path}: the kernel's names must not know of {word}"
            for source in house.code
            if source.room == "kernel"
            for name in (source.path.removeprefix(PACKAGE), *_names(source.tree))
            for word in CIVIC.intersection(_words(name))
        }
    )


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name


def _words(name: str) -> set[str]:
    """``PeopleCouncil`` and ``people_councils`` both hold ``council``."""
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
    return words | {word.removesuffix("s") for word in words}


def nothing_names_a_machine_or_registry(house: House) -> list[str]:
    folder = f"{house.root.resolve().parent.as_posix().rstrip('/')}/"
    found = []
    for name in house.files:
        try:
            lines = (house.root / name).read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if _ELSEWHERE.search(line) or (folder != "/" and folder in line):
                found.append(f"{name}:{number} names a machine's folder or a registry")
    return found


def changelog_tells_the_version(house: House) -> list[str]:
    heading = re.search(r"^## \[?([0-9][\w.]*)", house.text("CHANGELOG.md"), re.MULTILINE)
    told = heading[1] if heading else "nothing"
    version = tomllib.loads(house.text("pyproject.toml"))["project"]["version"]
    return [] if told == version else [f"CHANGELOG.md begins with {told}, this is {version}"]


RULES = (
    files_are_short,
    functions_are_short,
    the_usual_file_and_function_are_small,
    names_say_something,
    imports_stand_at_the_top,
    excepts_are_narrow,
    suppressions_are_few_and_reasoned,
    tests_outweigh_code,
    kernel_is_small,
    kernel_knows_no_civic_nouns,
    nothing_names_a_machine_or_registry,
    changelog_tells_the_version,
)
