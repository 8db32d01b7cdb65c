"""Which villages an LAO looks after, whole or in part, from when until when; its communities."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel.tenancy import LaoManager, LaoOwned
from nayu.kernel.thai_order import sort_key_field
from nayu.places.models.geography import Subdistrict
from nayu.places.models.shapes import Dated, Sourced
from nayu.places.models.village import Village


class Territory(LaoOwned, Dated, Sourced):
    """
    เขตความรับผิดชอบ: this LAO looks after this village, or a part of it, in this time.

    The database keeps (``places_territory_no_overlap``): an LAO holds a village once at a time,
    and who holds it whole holds it alone.
    """

    class Extent(models.TextChoices):
        WHOLE = "whole", _("The whole village")
        PART = "part", _("A part of the village")

    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    extent = models.CharField(max_length=5, choices=Extent)
    #: Which part, in words: "east of the railway".
    part_note = models.CharField(max_length=200, blank=True)

    objects: ClassVar = LaoManager["Territory"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"part_note", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="places_territory_extent_is_whole_or_part",
                condition=Q(extent__in=["whole", "part"]),
            ),
            models.CheckConstraint(
                name="places_territory_only_a_part_has_a_note",
                condition=Q(extent="part") | Q(part_note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.extent}"


class UrbanCommunity(LaoOwned, Dated, Sourced):
    """ชุมชน: what a town is made of, beside villages or instead of them; its council founds it."""

    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    sort_key = sort_key_field()
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = LaoManager["UrbanCommunity"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"name_th", "name_en", "sort_key", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["lao", "name_th"],
                condition=Q(valid_to=None),
                name="places_urban_community_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name_th
