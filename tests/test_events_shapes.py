"""What an event may look like, and that it arrives exactly as it left."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from nayu.kernel.events.shapes import BadEvent, read, shape, write
from nayu.places.models import Lao

KEY = UUID(int=7)


@dataclass(frozen=True, slots=True)
class Everything:
    lao_id: int
    text: str = "น่าอยู่ 🙂"
    large: int = 2**70
    yes: bool = True
    key: UUID = KEY
    day: date = date(2026, 8, 1)
    moment: datetime = datetime(2026, 8, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    perhaps: UUID | None = None
    perhaps_day: date | None = date(2026, 2, 28)


@dataclass(frozen=True, slots=True)
class Older:
    lao_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Newer:
    lao_id: int
    text: str
    added: str = "default"


def test_every_plain_value_arrives_exactly() -> None:
    event = Everything(lao_id=1)
    arrived = read(Everything, json.loads(json.dumps(write(event))))
    assert arrived == event
    for field in fields(event):
        assert type(getattr(arrived, field.name)) is type(getattr(event, field.name))


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": Lao.Kind.TOWN},
        {"text": None},
        {"large": True},
        {"large": 1.0},
        {"yes": 1},
        {"key": "00000000-0000-0000-0000-000000000007"},
        {"day": datetime(2026, 8, 1, tzinfo=UTC)},
        {"moment": date(2026, 8, 1)},
        {"moment": datetime(2026, 8, 1, tzinfo=UTC).replace(tzinfo=None)},
    ],
)
def test_a_value_that_is_not_exactly_of_its_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadEvent):
        write(Everything(lao_id=1, **wrong))


@dataclass(frozen=True)
class WithoutSlots:
    lao_id: int


@dataclass(slots=True)
class Changeable:
    lao_id: int


class NoDataclass:
    lao_id: int = 1


class Undecorated(Older):
    added: str = "lost on the way"


@dataclass(frozen=True, slots=True)
class Ownerless:
    text: str


@dataclass(frozen=True, slots=True)
class PerhapsOwned:
    lao_id: int | None


@dataclass(frozen=True, slots=True)
class CarriesObjects:
    lao_id: int
    rows: list[str]


@dataclass(frozen=True, slots=True)
class CarriesEither:
    lao_id: int
    either: int | str


@pytest.mark.parametrize(
    "wrong",
    [
        WithoutSlots,
        Changeable,
        NoDataclass,
        Undecorated,
        Ownerless,
        PerhapsOwned,
        CarriesObjects,
        CarriesEither,
    ],
)
def test_a_class_that_could_not_travel_is_refused_when_it_is_registered(wrong: Any) -> None:
    with pytest.raises(BadEvent, match=wrong.__name__):
        shape(wrong)


def test_an_event_from_before_a_field_was_added_takes_its_default() -> None:
    assert read(Newer, write(Older(1, "x"))) == Newer(1, "x", "default")


@pytest.mark.parametrize(
    "data",
    [
        {"lao_id": 1},
        {"lao_id": 1, "text": "x", "gone": 1},
        {"lao_id": "1", "text": "x"},
        {"lao_id": 1, "text": None},
        {"lao_id": True, "text": "x"},
    ],
)
def test_what_does_not_fit_the_class_of_today_is_an_error(data: dict[str, Any]) -> None:
    with pytest.raises(BadEvent, match="Older"):
        read(Older, data)


@pytest.mark.parametrize("raw", ["", "yesterday", "2026-13-01"])
def test_an_unreadable_day_is_an_error(raw: str) -> None:
    with pytest.raises(BadEvent, match="day"):
        read(Everything, {"lao_id": 1, "day": raw})
