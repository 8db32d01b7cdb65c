"""The contracts of ``pyproject.toml`` as objects, and the floors that they draw."""

from functools import cache
from pathlib import Path
from typing import Any

from importlinter import Contract
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.layers import LayersContract

from tests.architecture.contracts import Anatomy, Rooms

_ROOT = Path(__file__).resolve().parents[2]
_TYPES: dict[str, type[Contract]] = {
    contract.type_name: contract
    for contract in (AcyclicSiblingsContract, Anatomy, LayersContract, Rooms)
}
#: Options that would let an import through.
_EXCEPTIONS = frozenset(
    {"ignore_imports", "exhaustive_ignores", "skip_descendants", "exclude_type_checking_imports"}
)


def options() -> list[dict[str, Any]]:
    """The contracts as they are written, one table each."""
    found: list[dict[str, Any]] = _configuration()["contracts_options"]
    return found


def session() -> dict[str, Any]:
    """What holds for all contracts."""
    found: dict[str, Any] = _configuration()["session_options"]
    return found


@cache
def _configuration() -> dict[str, Any]:
    return read_configuration(str(_ROOT / "pyproject.toml"))


def contract(code: str) -> Contract:
    """:param code: its ``id``: floors, anatomy, rooms or kernel."""
    (wanted,) = [table for table in options() if table["id"] == code]
    return _TYPES[wanted["type"]](wanted["name"], session(), wanted)


def floors() -> list[frozenset[str]]:
    """Names of rooms, highest floor first."""
    (between,) = [table for table in options() if table["id"] == "floors"]
    return [
        frozenset(name.strip(" ()") for name in layer.split("|")) for layer in between["layers"]
    ]


def exceptions_in(tables: list[dict[str, Any]]) -> list[str]:
    return [
        f"{table['name']} lets something through by {option}"
        for table in tables
        for option in sorted(_EXCEPTIONS.intersection(table))
    ]
