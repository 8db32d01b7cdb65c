"""A permanent tiny room: something for the kernel's tests to attack."""

from django.db import models

from nayu.kernel.crypto import Sealed
from nayu.kernel.tenancy import InLaoKey, LaoOwned


class Shelf(LaoOwned):
    label = models.CharField(max_length=80)
    above = InLaoKey("self", models.PROTECT, null=True, blank=True, related_name="below")

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
