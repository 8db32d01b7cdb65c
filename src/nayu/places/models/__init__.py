"""Places, by noun."""

from nayu.places.models.contact import ContactPoint
from nayu.places.models.facility import Facility, FacilityOwnership
from nayu.places.models.geography import (
    District,
    GeographyEdition,
    PostCode,
    Province,
    Subdistrict,
    Succession,
)
from nayu.places.models.hours import Holiday, SpecialHours, WorkingHours
from nayu.places.models.lao import Lao
from nayu.places.models.population import PopulationFigure
from nayu.places.models.territory import Territory, UrbanCommunity
from nayu.places.models.village import Village

__all__ = [
    "ContactPoint",
    "District",
    "Facility",
    "FacilityOwnership",
    "GeographyEdition",
    "Holiday",
    "Lao",
    "PopulationFigure",
    "PostCode",
    "Province",
    "SpecialHours",
    "Subdistrict",
    "Succession",
    "Territory",
    "UrbanCommunity",
    "Village",
    "WorkingHours",
]
