"""สถานที่ให้บริการ: where something is done for people, whoever owns it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned
from nayu.kernel.thai_order import sort_key_field
from nayu.places.models.shapes import Dated, Located, Sourced
from nayu.places.models.village import Village


class Facility(LaoOwned, Located, Sourced):
    """A place in the LAO's area; often not the LAO's own (:class:`FacilityOwnership`)."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
        HEALTH_CENTRE = "health_centre", _("Health-promoting hospital")
        HOSPITAL = "hospital", _("Hospital")
        CHILD_CENTRE = "child_centre", _("Child development centre")
        SCHOOL = "school", _("School")
        TEMPLE = "temple", _("Temple")
        MOSQUE = "mosque", _("Mosque")
        CHURCH = "church", _("Church")
        HALL = "hall", _("Community hall")
        FIRE_STATION = "fire_station", _("Fire and disaster station")
        MARKET = "market", _("Market")
        SPORTS = "sports", _("Sports ground or park")
        LEARNING = "learning", _("Learning place")
        OTHER = "other", _("Other place")

    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    sort_key = sort_key_field()
    kind = models.CharField(max_length=20, choices=Kind)
    #: The ministry's code of a health facility: five digits, or nine in the new system.
    hcode = models.CharField(max_length=9, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    #: A fire station works through Songkran.
    open_on_holidays = models.BooleanField(default=False)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar = LaoManager["Facility"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {
            "name_th",
            "name_en",
            "sort_key",
            "hcode",
            "house_no",
            "soi",
            "road",
            "post_code",
            "source",
        }
        keep = "forever"

    class Meta:
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(
                name="places_facility_hcode_is_five_or_nine_digits",
                condition=Q(hcode="") | Q(hcode__regex=r"^([0-9]{5}|[0-9]{9})$"),
            ),
            models.UniqueConstraint(
                fields=["lao", "hcode"],
                condition=~Q(hcode="") & Q(closed_on=None),
                name="places_facility_hcode_once",
            ),
            models.CheckConstraint(
                name="places_facility_closes_after_it_opens",
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(opened_on__lt=F("closed_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name_th


class FacilityOwnership(LaoOwned, Dated, Sourced):
    """
    Who owns a facility, from when until when: half of the health centres have changed hands.

    One owner at a time (``places_ownership_no_overlap`` in the database).
    """

    class Owner(models.TextChoices):
        LAO = "lao", _("This local government")
        PAO = "pao", _("Provincial administrative organisation")
        OTHER_LAO = "other_lao", _("Another local government")
        MOPH = "moph", _("Ministry of Public Health")
        EDUCATION = "education", _("Ministry of Education")
        STATE = "state", _("Another state agency")
        RELIGION = "religion", _("Temple, mosque or church")
        COMMUNITY = "community", _("Community organisation")
        PRIVATE = "private", _("Private owner")

    facility = InLaoKey(Facility, models.CASCADE, related_name="ownerships")
    owner = models.CharField(max_length=20, choices=Owner)
    #: The owner by name, where the kind does not say it all; never a private person.
    owner_name = models.CharField(max_length=160, blank=True)

    objects: ClassVar = LaoManager["FacilityOwnership"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"owner_name", "source"}
        keep = "forever"

    class Meta:
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.owner} {self.owner_name}".strip()
