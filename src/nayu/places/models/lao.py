"""อปท. and where it is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nayu.places.models.geography import District
from nayu.places.models.shapes import Located, Sourced


class Lao(Located, Sourced):
    """
    องค์กรปกครองส่วนท้องถิ่น (อปท.): a local government, the tenant of everything else.

    Its address is that of its seat, its point the centre of its area. The code is a system of its
    own: it says nothing of sub-districts (see :class:`nayu.places.models.Territory`).
    """

    class Kind(models.TextChoices):
        """Types as in the first two digits of the LAO code (dossier, section 10)."""

        PAO = "02", _("Provincial administrative organisation")
        CITY = "03", _("City municipality")
        TOWN = "04", _("Town municipality")
        TAMBON_MUN = "05", _("Tambon municipality")
        SAO = "06", _("Sub-district administrative organisation")

    id = models.AutoField(primary_key=True)
    #: Type 2 + district 4 + serial 2 digits; a string, because it begins with a zero.
    code = models.CharField(max_length=8, unique=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    #: The host name, in lower case and without a port, at which this LAO answers.
    host = models.CharField(max_length=253, unique=True)

    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    area_km2 = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    website = models.URLField(max_length=300, blank=True, default="", db_default="")
    motto_th = models.CharField(max_length=500, blank=True, default="", db_default="")
    motto_en = models.CharField(max_length=500, blank=True, default="", db_default="")
    #: What of this row was made up for the demonstration, as a sentence for its pages.
    demo_note = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {
            *("code", "name_th", "name_en", "host", "website", "motto_th", "motto_en"),
            *("house_no", "soi", "road", "post_code", "source", "demo_note"),
        }
        keep = "forever"

    class Meta:
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(
                name="places_lao_code_is_eight_digits", condition=Q(code__regex=r"^[0-9]{8}$")
            ),
            models.CheckConstraint(
                name="places_lao_host_is_lower_case", condition=Q(host=Lower("host"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def kind(self) -> "Lao.Kind":
        return Lao.Kind(self.code[:2])
