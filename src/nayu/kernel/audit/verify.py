"""
Checks exported audit chains. Standard library only: an auditor runs this file alone, with neither
Nayu nor its database, on a machine that the database's keeper does not hold.

    python3 verify.py chain.jsonl [--heads heads.jsonl] [--lao 7]

A chain is one JSON object a line::

    {"lao": 7, "number": 1, "hash": "<hex>", "text": "<canonical JSON>", "row": {"id": …}}

``hash`` is SHA-256 of the hash before (32 zero bytes before the first) and the text in UTF-8;
``row`` holds what the table's columns say. Heads are ``{"lao": 7, "number": 120, "hash": "<hex>"}``
and kept elsewhere: whoever can rewrite a whole chain, or cut its end, is found only by them.

Exit code: 0 whole, 1 broken, 2 not readable.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

_BEFORE_THE_FIRST = bytes(32)


class Flaw(Enum):
    """What is wrong at a place, in Thai and in English."""

    FOREIGN = "เป็นรายการของ อปท. อื่น", "the entry belongs to another LAO"
    EDITED = "ข้อความหรือค่าแฮชถูกแก้หลังบันทึก", "the text or its hash was changed after it was written"
    COLUMNS = "ข้อมูลในตารางไม่ตรงกับข้อความที่แฮชไว้", "the table says something else than the hashed text"
    MISSING = "รายการหายไปหรือถูกย้ายที่", "the entry is missing here or was moved"
    NOT_HERE = "ลำดับซ้ำหรือถูกสลับ", "the number comes twice or out of order"
    NO_ENTRY = "มีลำดับแต่ไม่มีรายการ", "the place is there, its entry is gone"
    UNLINKED = "รายการไม่ได้อยู่ในสายโซ่", "an entry lies in the table outside the chain"
    CUT = (
        "ส่วนท้ายหายไปเมื่อเทียบกับค่าแฮชที่เก็บไว้ภายนอก",
        "the end is gone: a head kept outside lies further on",
    )
    OTHER_HEAD = (
        "ไม่ตรงกับค่าแฮชที่เก็บไว้ภายนอก",
        "the chain differs from a head kept outside",
    )


class NotReadable(Exception):
    """A file is not an export; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    :param number: place in the chain; ``None`` = the entry is in the table only.
    :param text: ``None`` = the place is there, the entry is not.
    :param row: the columns as the table has them, each as text.
    """

    lao: int
    number: int | None
    hash: str | None
    text: str | None
    row: dict[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    lao: int
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """
    The first broken place of a chain.

    :param number: the place; for an unlinked entry the one after the last.
    """

    lao: int
    number: int
    flaw: Flaw


@dataclass(slots=True)
class _Chain:
    length: int = 0
    hash: bytes = _BEFORE_THE_FIRST
    broken: Broken | None = None
    #: Hashes from outside, by place; more than one there is a contradiction.
    heads: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Result:
    """:param lengths: entries that were found whole, by LAO."""

    lengths: dict[int, int]
    broken: list[Broken]


def canonical(said: dict[str, Any]) -> str:
    """The one spelling of an entry that is hashed and stored."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def check(lines: Iterable[Line], heads: Iterable[Head] = ()) -> Result:
    """
    :param lines: chains of any number of LAOs, each in its own order.
    :param heads: kept outside; older ones too: a chain may have grown since.
    """
    chains: dict[int, _Chain] = defaultdict(_Chain)
    for head in heads:
        chains[head.lao].heads[head.number].add(head.hash)
    for line in lines:
        chain = chains[line.lao]
        if chain.broken is None:
            _add(line, chain)
    for lao, chain in chains.items():
        if chain.broken is None and max(chain.heads, default=0) > chain.length:
            chain.broken = Broken(lao, chain.length + 1, Flaw.CUT)
    return Result(
        {lao: chain.length for lao, chain in sorted(chains.items())},
        [chain.broken for _, chain in sorted(chains.items()) if chain.broken],
    )


def _add(line: Line, chain: _Chain) -> None:
    expected = chain.length + 1
    # A text that is no UTF-8 gets a hash too: one that cannot be right.
    text = (line.text or "").encode(errors="surrogatepass")
    digest = hashlib.sha256(chain.hash + text).digest()
    flaw = _flaw(line, expected, digest.hex())
    if flaw is None and expected in chain.heads and chain.heads[expected] != {line.hash}:
        flaw = Flaw.OTHER_HEAD
    if flaw is None:
        chain.length, chain.hash = expected, digest
    else:
        chain.broken = Broken(line.lao, expected, flaw)


def _flaw(line: Line, expected: int, digest: str) -> Flaw | None:
    if line.number is None:
        return Flaw.UNLINKED
    if line.number != expected:
        return Flaw.MISSING if line.number > expected else Flaw.NOT_HERE
    if line.text is None:
        return Flaw.NO_ENTRY
    return _flaw_of_text(line, line.text, digest)


def _flaw_of_text(line: Line, text: str, digest: str) -> Flaw | None:
    said = _read_object(text)
    if said.get("lao", line.lao) != line.lao:
        return Flaw.FOREIGN
    if line.hash != digest:
        return Flaw.EDITED
    if canonical(said) != text or {**line.row, "lao": line.lao} != _columns(said):
        return Flaw.COLUMNS
    return None


def _columns(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in {"fields", "why"}}


def _read_object(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


_FIELDS: dict[type[Any], dict[str, Any]] = {
    Line: {
        "lao": int,
        "number": int | None,
        "hash": str | None,
        "text": str | None,
        "row": dict,
    },
    Head: {"lao": int, "number": int, "hash": str},
}


def read_lines(path: Path, lao: int | None = None) -> Iterator[Line]:
    """:raises NotReadable: a line is not one of an export."""
    for line in _read(path, Line):
        if lao in {None, line.lao}:
            yield line


def read_heads(path: Path, lao: int | None = None) -> Iterator[Head]:
    """:raises NotReadable: a line is not a head."""
    for head in _read(path, Head):
        if lao in {None, head.lao}:
            yield head


def _read(path: Path, kind: type[Any]) -> Iterator[Any]:
    try:
        with path.open(encoding="utf-8") as file:
            for place, text in enumerate(file, start=1):
                yield _parse(kind, text, f"{path}:{place}")
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(f"{path}: {error}") from error


def _parse(kind: type[Any], text: str, place: str) -> Any:
    try:
        made = kind(**json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise NotReadable(f"{place}: {error}") from error
    for name, wanted in _FIELDS[kind].items():
        if not isinstance(getattr(made, name), wanted):
            raise NotReadable(f"{place}: {name} is not what an export has there")
    return made


def report(result: Result) -> str:
    """Two lines a LAO, Thai first."""
    broken = {each.lao: each for each in result.broken}
    sentences = []
    for lao, length in result.lengths.items():
        if lao in broken:
            number, (thai, english) = broken[lao].number, broken[lao].flaw.value
            sentences += [
                f"อปท. {lao} ลำดับที่ {number}: {thai}",
                f"LAO {lao}, number {number}: {english}",
            ]
        else:
            sentences += [
                f"อปท. {lao}: สายโซ่ครบถ้วน {length} รายการ",
                f"LAO {lao}: the chain is whole, entries: {length}",
            ]
    return "".join(f"{sentence}\n" for sentence in sentences)


def run(file: Path, heads: Path | None, lao: int | None) -> int:
    """Check a file and say what was found; the exit code."""
    try:
        kept = list(read_heads(heads, lao)) if heads else []
        result = check(read_lines(file, lao), kept)
    except NotReadable as error:
        return refuse(error)
    if not result.lengths:
        sys.stderr.write(f"ไม่พบสายโซ่ในไฟล์\nThere is no chain in the file.\n{file}\n")
        return 2
    sys.stdout.write(report(result))
    return 1 if result.broken else 0


def refuse(error: NotReadable) -> int:
    """Say which file is not an export, and where; the exit code."""
    sys.stderr.write(f"อ่านไฟล์ไม่ได้\nThe file cannot be read.\n{error}\n")
    return 2


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--heads", type=Path)
    parser.add_argument("--lao", type=int)
    arguments = parser.parse_args()
    return run(arguments.file, arguments.heads, arguments.lao)


if __name__ == "__main__":
    sys.exit(main())
