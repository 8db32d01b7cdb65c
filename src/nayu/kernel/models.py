"""The kernel's tables, each kept in the package that owns it."""

from nayu.kernel.events.models import Delivered

__all__ = ["Delivered"]
