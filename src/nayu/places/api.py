"""What other modules may ask of places."""

from nayu.places.models import Lao
from nayu.places.selectors import all_laos, forget_hosts, lao_at
from nayu.places.services import (
    BadCode,
    BadHost,
    BadName,
    CodeTaken,
    HostTaken,
    create_lao,
)

__all__ = [
    "BadCode",
    "BadHost",
    "BadName",
    "CodeTaken",
    "HostTaken",
    "Lao",
    "all_laos",
    "create_lao",
    "forget_hosts",
    "lao_at",
]
