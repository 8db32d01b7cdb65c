"""Every table of the kernel, each declared in the package that owns it."""

from nayu.kernel.http.models import GivenAnswer, RateBucket

__all__ = ["GivenAnswer", "RateBucket"]
