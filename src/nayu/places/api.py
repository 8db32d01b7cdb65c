"""What other rooms may ask of places."""

from nayu.places.models import Lao
from nayu.places.selectors import all_laos, forget_hosts, lao_at

__all__ = ["Lao", "all_laos", "forget_hosts", "lao_at"]
