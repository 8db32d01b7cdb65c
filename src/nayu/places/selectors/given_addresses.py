"""An address that is given to a place."""

from dataclasses import dataclass, fields

from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused
from nayu.places.models import Facility, Lao, Subdistrict

_POST_CODE_DIGITS = 5
_SOUTH, _NORTH, _WEST, _EAST = 5, 21, 97, 106


class UnknownSubdistrict(Refused):
    sentence = _("No sub-district of today has this code.")
    status = 422


class PointElsewhere(Refused):
    sentence = _("This point is not in Thailand; give latitude first, then longitude, in degrees.")
    status = 422


class BadPostCode(Refused):
    sentence = _("A post code has five digits.")
    status = 422


@dataclass(frozen=True, slots=True)
class Address:
    """``point`` is latitude and longitude in degrees, WGS 84."""

    house_no: str = ""
    moo: int | None = None
    soi: str = ""
    road: str = ""
    subdistrict_code: str = ""
    post_code: str = ""
    point: tuple[float, float] | None = None

    def write_to(self, place: Lao | Facility) -> list[str]:
        """:returns: the names of the fields that were set."""
        plain = [f.name for f in fields(self) if f.name not in {"subdistrict_code", "point"}]
        for name in plain:
            setattr(place, name, getattr(self, name))
        place.subdistrict_id = self.subdistrict_code or None
        place.lat, place.lon = self.point or (None, None)
        return [*plain, "subdistrict", "lat", "lon"]


def check_address(address: Address) -> None:
    """
    :raises UnknownSubdistrict: abolished, or none.
    :raises PointElsewhere: not in Thailand, or the two numbers in the wrong order.
    :raises BadPostCode: not five digits.
    """
    code = address.subdistrict_code
    if code and not Subdistrict.objects.filter(code=code, abolished_on=None).exists():
        raise UnknownSubdistrict
    if address.point is not None:
        lat, lon = address.point
        if not (_SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST):
            raise PointElsewhere
    post_code = address.post_code
    is_post_code = len(post_code) == _POST_CODE_DIGITS and post_code.isascii()
    if post_code and not (is_post_code and post_code.isdigit() and post_code[0] != "0"):
        raise BadPostCode
