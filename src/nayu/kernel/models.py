"""The kernel's tables, each beside the code that owns it."""

from nayu.kernel.privacy.models import Erased

__all__ = ["Erased"]
