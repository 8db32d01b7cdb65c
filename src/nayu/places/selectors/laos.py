"""The local governments of this installation."""

from nayu.places.models import Lao


def all_laos() -> list[Lao]:
    """Every local government of this installation, by code."""
    return list(Lao.objects.order_by("code"))
