"""Addresses as they are written in Thailand."""

from nayu.places.models.shapes import Located
from nayu.places.selectors.geography import area_of


def address_th(place: Located) -> str:
    """
    ``172 หมู่ที่ 4 ถนนปากพูน–ห้วยไทร ตำบล… อำเภอ… จังหวัด… 80000``; what is not known is left out.

    No query when ``subdistrict__district__province`` is loaded.
    """
    parts = [
        place.house_no,
        f"หมู่ที่ {place.moo}" if place.moo else "",
        f"ซอย{place.soi}" if place.soi else "",
        f"ถนน{place.road}" if place.road else "",
        area_of(place.subdistrict).path_th if place.subdistrict else "",
        place.post_code,
    ]
    return " ".join(part for part in parts if part)


def address_en(place: Located) -> str:
    """``172 Moo 4, Road, Pak Phun, Mueang Nakhon Si Thammarat, Nakhon Si Thammarat 80000``."""
    house = " ".join(
        part for part in (place.house_no, f"Moo {place.moo}" if place.moo else "") if part
    )
    area = area_of(place.subdistrict).path_en if place.subdistrict else ""
    parts = [house, place.soi, place.road, f"{area} {place.post_code}".strip()]
    return ", ".join(part for part in parts if part)
