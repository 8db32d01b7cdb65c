"""What the system checks say of a model that would break a wall."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.test.utils import isolate_apps

from nayu.kernel.checks import flaws_of, rows_of_one_lao
from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned


def codes(*tables: type[models.Model]) -> list[str | None]:
    return [flaw.id for flaw in flaws_of(tables)]


def test_the_tables_of_the_house_are_sound() -> None:
    assert rows_of_one_lao() == []


@isolate_apps("tests.room")
def test_an_automatic_table_between_two_others_is_refused() -> None:
    class Well(LaoOwned):
        near: Any = models.ManyToManyField("self")

        class Meta:
            app_label = "room"

    assert codes(Well) == ["nayu.E001"]


@isolate_apps("tests.room")
def test_a_plain_key_to_a_row_of_an_lao_is_refused() -> None:
    class Well(LaoOwned):
        fed_by = InLaoKey("self", models.PROTECT, related_name="feeds")
        below = models.ForeignKey("self", models.PROTECT, related_name="above")
        twin = models.OneToOneField("self", models.PROTECT, related_name="other")

        class Meta:
            app_label = "room"

    assert codes(Well) == ["nayu.E002", "nayu.E002", "nayu.E003"]


@isolate_apps("tests.room")
def test_what_is_unique_over_all_laos_is_refused() -> None:
    class Well(LaoOwned):
        number = models.IntegerField(unique=True)
        name = models.CharField()

        class Meta:
            app_label = "room"
            unique_together = [("lao", "name"), ("name", "number")]
            constraints = [
                models.UniqueConstraint(fields=["lao", "name"], name="sound"),
                models.UniqueConstraint("lao", Lower("name"), name="sound_too"),
                models.UniqueConstraint(fields=["name", "lao"], name="wrong_order"),
                models.UniqueConstraint(Lower("name"), name="for_all"),
            ]

    found = flaws_of([Well])
    assert {flaw.id for flaw in found} == {"nayu.E003"}
    assert [flaw.msg.split("(")[1].split(")")[0] for flaw in found] == [
        "number",
        "name, number",
        "wrong_order",
        "for_all",
    ]


@isolate_apps("tests.room")
def test_a_manager_that_asks_for_no_scope_is_refused() -> None:
    class Well(LaoOwned):
        objects: ClassVar[Any] = models.Manager()

        class Meta:
            app_label = "room"

    class Spring(LaoOwned):
        objects: ClassVar[Any] = LaoManager()

        class Meta:
            app_label = "room"

    assert codes(Well, Spring) == ["nayu.E004"]
