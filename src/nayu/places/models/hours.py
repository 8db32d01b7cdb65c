"""
เวลาทำการและวันหยุด: when an LAO, or a facility of it, is open.

Times are minutes since midnight in Thailand, so that a place can close at 24:00 (1440). A break is
the gap between two rows. The database keeps rows of one day apart (``places_hours_no_overlap``).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned
from nayu.places.models.facility import Facility
from nayu.places.models.shapes import Sourced

END_OF_DAY = 24 * 60


class WorkingHours(LaoOwned):
    """เวลาทำการ: every week, on this day, from ``opens`` until before ``closes``."""

    facility = InLaoKey(Facility, models.CASCADE, null=True, blank=True, related_name="hours")
    #: ISO: 1 is Monday, 7 is Sunday.
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    objects: ClassVar = LaoManager["WorkingHours"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_hours_weekday_is_iso", condition=Q(weekday__gte=1, weekday__lte=7)
            ),
            models.CheckConstraint(
                name="places_hours_close_after_they_open",
                condition=Q(opens__lt=F("closes"), closes__lte=END_OF_DAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class SpecialHours(LaoOwned):
    """
    Hours of one date instead of the weekly ones, holiday or not; several rows make several spans.

    Without ``opens`` and ``closes`` it is closed all day.
    """

    facility = InLaoKey(Facility, models.CASCADE, null=True, blank=True, related_name="special")
    day = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True, blank=True)
    closes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason_th = models.CharField(max_length=160)
    reason_en = models.CharField(max_length=160, blank=True)

    objects: ClassVar = LaoManager["SpecialHours"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"reason_th", "reason_en"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_special_hours_close_after_they_open",
                condition=Q(opens=None, closes=None)
                | Q(
                    opens__isnull=False,
                    closes__isnull=False,
                    opens__lt=F("closes"),
                    closes__lte=END_OF_DAY,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.opens}-{self.closes}"


class Holiday(LaoOwned, Sourced):
    """
    วันหยุดราชการ as this LAO keeps it: seeded from the national list, then its own.

    A holiday on which it works stays here as not observed, so that seeding does not bring it back.
    """

    class Reach(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        PROVINCIAL = "provincial", _("Holiday of the province")
        LOCAL = "local", _("Local holiday")

    day = models.DateField()
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    reach = models.CharField(max_length=10, choices=Reach)
    is_observed = models.BooleanField(default=True)

    objects: ClassVar = LaoManager["Holiday"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"name_th", "name_en", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lao", "day"], name="places_holiday_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name_th}"
