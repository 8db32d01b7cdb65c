from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShelfWanted:
    lao_id: int
    label: str


@dataclass(frozen=True, slots=True)
class ShelfMoved:
    """Two listen to this one."""

    lao_id: int
    label: str


@dataclass(frozen=True, slots=True)
class BookReturned:
    """Its book stands on a shelf that may not be there yet."""

    lao_id: int
    title: str
    shelf: str


@dataclass(frozen=True, slots=True)
class ShelvesCounted:
    lao_id: int
    label: str


@dataclass(frozen=True, slots=True)
class SessionAsked:
    lao_id: int


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """Who listens waits until the advisory lock ``door`` is free."""

    lao_id: int
    label: str
    door: int


@dataclass(frozen=True, slots=True)
class NobodyListens:
    lao_id: int
