"""ปีงบประมาณ: 1 October to 30 September, named by the year in which it ends, in Buddhist era."""

from dataclasses import dataclass
from datetime import date

_BUDDHIST_ERA = 543
_FIRST_MONTH = 10
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    #: Buddhist era, 2570 for October 2026 to September 2027.
    year: int

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        return cls(day.year + _BUDDHIST_ERA + (day.month >= _FIRST_MONTH))

    @property
    def first_day(self) -> date:
        return date(self.year - _BUDDHIST_ERA - 1, _FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        return date(self.year - _BUDDHIST_ERA, _FIRST_MONTH - 1, 30)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return str(self.year)

    @property
    def next(self) -> "FiscalYear":
        return FiscalYear(self.year + 1)

    def quarter(self, day: date) -> int:
        """1 for October to December, 4 for July to September."""
        assert day in self, f"{day} is not in fiscal year {self}"
        return (day.month - _FIRST_MONTH) % 12 // _MONTHS_A_QUARTER + 1
