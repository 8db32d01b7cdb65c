"""จำนวนประชากร."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nayu.kernel.tenancy import LaoManager, LaoOwned
from nayu.places.models.shapes import Sourced


class PopulationFigure(LaoOwned, Sourced):
    """
    จำนวนประชากร as somebody counted it; figures may contradict each other.

    So a page never says how many people live here without saying who counted and when.
    """

    people = models.PositiveIntegerField()
    households = models.PositiveIntegerField(null=True, blank=True)
    #: Common era; empty where the source does not say.
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar = LaoManager["PopulationFigure"]()

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"source"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lao", "year", "source"],
                nulls_distinct=False,
                name="places_population_once_a_year_and_source",
            ),
            models.CheckConstraint(
                name="places_population_names_its_source", condition=~Q(source="")
            ),
            models.CheckConstraint(
                # A year of the Buddhist era in this column would be 543 years ahead.
                name="places_population_year_is_common_era",
                condition=Q(year=None) | Q(year__gte=1900, year__lte=2200),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} ({self.year or '?'})"
