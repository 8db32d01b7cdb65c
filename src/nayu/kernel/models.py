"""The tables of the kernel, each described in its own package, and the checks that need them."""

from nayu.kernel import checks
from nayu.kernel.audit.models import AuditEntry, AuditHead, AuditLink
from nayu.kernel.events.models import Delivered
from nayu.kernel.http.models import GivenAnswer, RateBucket
from nayu.kernel.privacy.models import Erased

__all__ = [
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "Delivered",
    "Erased",
    "GivenAnswer",
    "RateBucket",
    "checks",
]
