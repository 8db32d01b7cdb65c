"""The state's map as the ``geothai`` package lists it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import geothai
from geothai.abolished import abolished_areas

from nayu.places.models import Succession

_BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class ListedArea:
    """Two digits make a province, four a district, six a sub-district."""

    code: str
    name_th: str
    name_en: str
    post_codes: tuple[str, ...] = ()
    abolished_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListedSuccession:
    old: str
    new: str
    basis: str
    in_force_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """One edition of the map."""

    version: str
    areas: tuple[ListedArea, ...]
    successions: tuple[ListedSuccession, ...]

    def level(self, digits: int) -> list[ListedArea]:
        return [area for area in self.areas if len(area.code) == digits]


def geothai_version() -> str:
    return geothai.DATA_VERSION


def read_geothai() -> Gazetteer:
    return Gazetteer(
        version=geothai.DATA_VERSION,
        areas=(*_provinces(), *_districts(), *_subdistricts(), *_abolished()),
        successions=tuple(_successions()),
    )


def _provinces() -> Iterable[ListedArea]:
    return (ListedArea(area.code, area.name_th, area.name_en) for area in geothai.provinces())


def _districts() -> Iterable[ListedArea]:
    for province in geothai.provinces():
        for area in geothai.districts(province.code):
            yield ListedArea(area.code, _bare(area.code, area.name_th), area.name_en)


def _subdistricts() -> Iterable[ListedArea]:
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            for area in geothai.subdistricts(district.code):
                yield ListedArea(area.code, area.name_th, area.name_en, area.postal_codes)


def _abolished() -> Iterable[ListedArea]:
    for area in abolished_areas():
        abolished_on = date.fromisoformat(area.abolished_on)
        name_th = _bare(area.code, area.name_th)
        yield ListedArea(area.code, name_th, area.name_en or "", abolished_on=abolished_on)


def _successions() -> Iterable[ListedSuccession]:
    for area in abolished_areas():
        in_force = area.successors_in_force
        for successor in area.successors:
            yield ListedSuccession(
                old=area.code,
                new=successor,
                basis=area.successors_basis or Succession.Basis.NAME,
                in_force_on=date.fromisoformat(in_force) if in_force else None,
                source=area.successors_source or "",
            )


def _bare(code: str, name_th: str) -> str:
    """Without the word เขต that only Bangkok's districts carry in the list."""
    return name_th.removeprefix("เขต") if code.startswith(_BANGKOK) else name_th
