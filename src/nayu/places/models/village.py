"""หมู่บ้าน."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, LPad

from nayu.places.models.geography import Subdistrict
from nayu.places.models.shapes import Sourced


class Village(Sourced):
    """
    หมู่บ้าน: a numbered village of a sub-district; the state's unit, not an LAO's.

    Two LAOs can share one, so it belongs to none of them; see :class:`Territory`.
    """

    #: Sub-district 6 + number of the village 2 digits.
    code = models.CharField(max_length=8, primary_key=True)
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="villages")
    moo = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    abolished_on = models.DateField(null=True, blank=True)

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"code", "name_th", "name_en", "source"}
        keep = "forever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_village_code_is_its_subdistrict_and_number",
                condition=Q(moo__gte=1, moo__lte=99)
                & Q(
                    code=Concat(
                        F("subdistrict"), LPad(Cast("moo", models.CharField()), 2, Value("0"))
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"
