"""
จังหวัด อำเภอ ตำบล: the state's own map, the same for every LAO.

Reference tables: written only by the owner role, from the ``geothai`` package
(:mod:`nayu.places.services.geography`). Codes are the official ones, strings of digits. An area
that was abolished stays, because old addresses and papers name it.
"""

from django.db import models
from django.db.models import F, Q

from nayu.kernel.thai_order import sort_key_field


class _Area(models.Model):
    name_th = models.CharField(max_length=120, db_index=True)
    #: Empty where the Department of Provincial Administration gives none (abolished areas).
    name_en = models.CharField(max_length=120, blank=True)
    sort_key = sort_key_field()
    abolished_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk} {self.name_th}"


class Province(_Area):
    """จังหวัด."""

    code = models.CharField(max_length=2, primary_key=True)

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"code", "name_th", "name_en", "sort_key"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_province_code_is_two_digits", condition=Q(code__regex=r"^[0-9]{2}$")
            ),
        ]


class District(_Area):
    """อำเภอ, in Bangkok เขต."""

    code = models.CharField(max_length=4, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="districts")

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"code", "name_th", "name_en", "sort_key"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_district_code_begins_with_its_province",
                condition=Q(code__regex=r"^[0-9]{4}$", code__startswith=F("province")),
            ),
        ]


class Subdistrict(_Area):
    """ตำบล, in Bangkok แขวง."""

    code = models.CharField(max_length=6, primary_key=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="subdistricts")

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"code", "name_th", "name_en", "sort_key"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_subdistrict_code_begins_with_its_district",
                condition=Q(code__regex=r"^[0-9]{6}$", code__startswith=F("district")),
            ),
        ]


class PostCode(models.Model):
    """รหัสไปรษณีย์: some sub-districts have several, and most post codes serve several."""

    id = models.AutoField(primary_key=True)
    subdistrict = models.ForeignKey(Subdistrict, models.CASCADE, related_name="post_codes")
    code = models.CharField(max_length=5, db_index=True)

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"code"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "code"], name="places_post_code_once_a_subdistrict"
            ),
            models.CheckConstraint(
                name="places_post_code_is_five_digits", condition=Q(code__regex=r"^[1-9][0-9]{4}$")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """Which area took the place of an abolished one; of the same level."""

    class Basis(models.TextChoices):
        NOTICE = "notice"  # a notice in the Royal Gazette says so
        NAME = "name"  # the only area of that name in the province: likely, not proven

    id = models.AutoField(primary_key=True)
    old = models.CharField(max_length=6)
    new = models.CharField(max_length=6)
    basis = models.CharField(max_length=6, choices=Basis)
    in_force_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"old", "new", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="places_succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class GeographyEdition(models.Model):
    """An edition of the data that was read into these tables; the newest row is what they hold."""

    version = models.CharField(max_length=40, primary_key=True)
    loaded_at = models.DateTimeField()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"version"}
        keep = "forever"

    def __str__(self) -> str:
        return self.version
