"""References that outlive what they point to."""

from collections.abc import Collection
from uuid import UUID

import pytest
from django.db.models import Value

from nayu.kernel import refs
from nayu.kernel.permissions import Actor, Guest, System
from nayu.kernel.refs import GONE, BadRef, Ref, RefField, Shown, shown
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.models import Shelf

KEY = UUID("0190aaaa-0000-7000-8000-000000000001")
OTHER = UUID("0190aaaa-0000-7000-8000-000000000002")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[UUID]]:
    """Shelves can be shown; every question that was asked is listed."""
    questions: list[set[UUID]] = []
    monkeypatch.setattr(refs, "_shows", {})

    @refs.shows("room", "shelf")
    def show_shelves(ids: Collection[UUID], by: Actor) -> dict[UUID, Shown]:
        questions.append(set(ids))
        url = None if isinstance(by, Guest) else "/shelf/"
        return {KEY: Shown("History", url)} if KEY in ids else {}

    return questions


@pytest.mark.parametrize("ref", [Ref("room", "shelf", KEY), Ref("pages", "news_item", 17)])
def test_a_reference_is_read_back_from_its_text(ref: Ref) -> None:
    assert Ref.parse(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    [
        "",
        "room.shelf",
        "room.shelf:",
        "room.shelf:x",
        "room.shelf:-1",
        "room.shelf:007",
        f"Room.shelf:{KEY}",
        f"room.shelf:{KEY} ",
        f"room.shelf:{KEY}\n",
        f"room.shelf:{KEY.hex}",
        f"room:shelf:{KEY}",
        "room.shelf:๑",
    ],
)
def test_what_is_not_the_one_spelling_of_a_reference_is_refused(text: str) -> None:
    with pytest.raises(BadRef):
        Ref.parse(text)


def test_a_reference_that_could_not_be_read_back_cannot_be_made() -> None:
    with pytest.raises(BadRef):
        Ref("Room", "shelf", KEY)
    with pytest.raises(BadRef):
        Ref("room", "shelf", -1)


def test_it_shows_what_the_owner_of_the_kind_lets_this_person_see(
    asked: list[set[UUID]],
) -> None:
    ref = Ref("room", "shelf", KEY)
    assert shown([ref], by=System("tests")) == {ref: Shown("History", "/shelf/")}
    assert shown([ref], by=Guest()) == {ref: Shown("History", None)}
    assert len(asked) == 2


def test_many_of_a_kind_are_asked_for_at_once(asked: list[set[UUID]]) -> None:
    many = [Ref("room", "shelf", KEY), Ref("gone", "thing", 1), Ref("room", "shelf", OTHER)] * 2
    assert len(shown(many, by=Guest())) == 3
    assert asked == [{KEY, OTHER}]


def test_a_deleted_row_and_a_module_that_is_switched_off_say_so(asked: list[set[UUID]]) -> None:
    del asked
    deleted, switched_off = Ref("room", "shelf", OTHER), Ref("gone", "thing", KEY)
    answer = shown([deleted, switched_off], by=Guest())
    assert answer == {deleted: GONE, switched_off: GONE}
    assert GONE.url is None


def test_nothing_to_show_asks_nobody(asked: list[set[UUID]]) -> None:
    assert shown([], by=Guest()) == {}
    assert asked == []


@pytest.mark.django_db
def test_a_column_keeps_a_reference(laos: Laos) -> None:
    with scope(laos.pak_phun):
        shelf = Shelf.objects.create(label="a")
        ref = Ref.to(shelf)
        assert str(ref) == f"room.shelf:{shelf.pk}"
        rows = Shelf.objects.annotate(
            about=Value(ref, output_field=RefField()),
            nothing=Value(None, output_field=RefField(null=True)),
        )
        assert rows.values_list("about", "nothing").get(about=ref) == (ref, None)
        assert not rows.filter(about=Ref("room", "shelf", OTHER)).exists()


def test_a_column_takes_references_and_their_text_and_nothing_else() -> None:
    field = RefField()
    ref = Ref("room", "shelf", KEY)
    assert field.get_prep_value(ref) == field.get_prep_value(str(ref)) == str(ref)
    assert field.get_prep_value(None) is None
    with pytest.raises(BadRef):
        field.get_prep_value("not a reference")
    assert field.clone().max_length == 120
