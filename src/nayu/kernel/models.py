"""The tables of the kernel, each described in its own package."""

from nayu.kernel.audit.models import AuditEntry, AuditHead, AuditLink

__all__ = ["AuditEntry", "AuditHead", "AuditLink"]
