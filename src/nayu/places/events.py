"""What becomes true of places."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    lao_id: int


@dataclass(frozen=True, slots=True)
class TerritoryChanged:
    lao_id: int
    village_code: str


@dataclass(frozen=True, slots=True)
class FacilityChanged:
    lao_id: int
    facility_id: UUID


@dataclass(frozen=True, slots=True)
class WorkingTimeChanged:
    """Of the LAO, or of one of its facilities; holidays too. Deadlines may move."""

    lao_id: int
    facility_id: UUID | None
