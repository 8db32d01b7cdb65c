"""ช่องทางติดต่อ: how people reach an LAO or one of its facilities."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nayu.kernel.tenancy import InLaoKey, LaoManager, LaoOwned
from nayu.places.models.facility import Facility
from nayu.places.models.phone import show_phone
from nayu.places.models.shapes import Sourced


class ContactPoint(LaoOwned, Sourced):
    """One number, address or account; without a facility it is the LAO's own."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        FAX = "fax", _("Fax")
        EMAIL = "email", _("E-mail")
        LINE = "line", "LINE"
        WEBSITE = "website", _("Website")
        ADDRESS = "address", _("Postal address")

    facility = InLaoKey(Facility, models.CASCADE, null=True, blank=True, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    #: Telephone and fax: E.164 or a short code; LINE: the id with its @.
    value = models.CharField(max_length=300)
    extension = models.CharField(max_length=6, blank=True)
    label_th = models.CharField(max_length=120, blank=True)
    label_en = models.CharField(max_length=120, blank=True)
    #: Smaller comes first.
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = LaoManager["ContactPoint"]()

    class Privacy:
        kind = "C2"
        personal = {"value", "label_th", "label_en"}  # a village head's own telephone
        harmless = {"extension", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lao", "facility", "kind", "value", "extension"],
                nulls_distinct=False,
                name="places_contact_point_once",
            ),
            models.CheckConstraint(
                name="places_contact_point_phone_is_normalised",
                condition=~Q(kind__in=["phone", "fax"])
                | Q(value__regex=r"^(\+[1-9][0-9]{7,14}|1[0-9]{2,3})$"),
            ),
            models.CheckConstraint(
                name="places_contact_point_only_phones_have_extensions",
                condition=Q(extension="")
                | Q(kind__in=["phone", "fax"], extension__regex=r"^[0-9]{1,6}$"),
            ),
            models.CheckConstraint(
                name="places_contact_point_says_something", condition=~Q(value="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def shown(self) -> str:
        """As people write it: ``075-774-131``."""
        if self.kind in {self.Kind.PHONE, self.Kind.FAX}:
            return show_phone(self.value, self.extension)
        return self.value

    @property
    def href(self) -> str:
        """What a link to it opens; empty for an address."""
        prefix = {
            self.Kind.PHONE: "tel:",
            self.Kind.FAX: "tel:",
            self.Kind.EMAIL: "mailto:",
            self.Kind.LINE: "https://line.me/R/ti/p/",
            self.Kind.WEBSITE: "",
        }.get(self.Kind(self.kind))
        if prefix is None:
            return ""
        return f"{prefix}{self.value}" + (f";ext={self.extension}" if self.extension else "")
