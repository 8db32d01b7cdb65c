"""A permanent tiny room: something for the kernel's tests to attack."""

from typing import ClassVar, Self

from django.db import models

from nayu.kernel.crypto import Sealed
from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned


class ShelfQuerySet(models.QuerySet["Shelf"]):
    def top(self) -> Self:
        return self.filter(above=None)


class Shelf(LaoOwned):
    label = models.CharField(max_length=80)
    above = InLaoKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    objects: ClassVar = LaoManager.from_queryset(ShelfQuerySet)()

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        harmless = {"label"}
        keep = "forever"


class Book(LaoOwned):
    shelf = InLaoKey(Shelf, models.CASCADE, related_name="books")
    title = models.CharField(max_length=200)
    borrower = Sealed(null=True)
    remark = Sealed(null=True)

    class Privacy:
        kind = "C3"
        personal = {"borrower", "remark"}
        harmless = {"title"}
        keep = "90d"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lao", "title"], name="room_book_title_once")
        ]
