"""The kernel's tables, and the checks that need them."""

# Loaded here and not in apps.py, because abstract models cannot load before the app registry.
from nayu.kernel import checks

__all__ = ["checks"]
