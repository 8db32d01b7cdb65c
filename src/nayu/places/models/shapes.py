"""What several tables of this room have in common."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class Located(models.Model):
    """ที่อยู่: an address with the words of a Thai address, and its point on the map."""

    house_no = models.CharField(max_length=40, blank=True, default="", db_default="")
    moo = models.PositiveSmallIntegerField(null=True, blank=True)
    soi = models.CharField(max_length=80, blank=True, default="", db_default="")
    road = models.CharField(max_length=80, blank=True, default="", db_default="")
    subdistrict = models.ForeignKey(
        "places.Subdistrict", models.PROTECT, null=True, blank=True, related_name="+"
    )
    post_code = models.CharField(max_length=5, blank=True, default="", db_default="")
    # Degrees, WGS 84. Not numeric: its comparisons are not leak-proof and lose their index.
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="places_%(class)s_point_is_in_thailand",
                condition=Q(lat=None, lon=None)
                # A number that is missing makes a comparison unknown, and a check lets that pass.
                | Q(lat__isnull=False, lon__isnull=False)
                & Q(lat__gte=5, lat__lte=21, lon__gte=97, lon__lte=106),
            ),
            models.CheckConstraint(
                name="places_%(class)s_post_code_is_five_digits",
                condition=Q(post_code="") | Q(post_code__regex=r"^[1-9][0-9]{4}$"),
            ),
        ]


class Dated(models.Model):
    """True from ``valid_from`` (empty: as long as is known) until before ``valid_to``."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="places_%(class)s_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
            ),
        ]


def valid_on(day: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


class Sourced(models.Model):
    """Where a fact was read, and whether it was made up for the demonstration."""

    source = models.CharField(max_length=300, blank=True, default="", db_default="")
    #: Pages show a mark beside it, so that nobody takes it for true.
    is_demo = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True
