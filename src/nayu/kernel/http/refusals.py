"""
Who was refused which right: counted always, and in the audit of the LAO for whoever signed in.

A guest's refusal would tell nothing but that somebody came without signing in. The entry is
written apart from the request, whose own work is rolled back.
"""

from datetime import datetime, timedelta

from nayu.kernel import audit
from nayu.kernel.http import metrics
from nayu.kernel.http.limits import Allowance, bucket_key, hit
from nayu.kernel.permissions import Guest, NotAllowed
from nayu.kernel.scope import current

#: Of each actor and right; nobody fills a chain that is kept for ever.
ENTRIES = Allowance(1, timedelta(minutes=1))


def tell(refusal: NotAllowed, *, now: datetime) -> None:
    """Call in the scope of the request, when its transaction is over."""
    is_guest = isinstance(refusal.by, Guest)
    code = refusal.right.code
    metrics.access_refused.labels(code, "guest" if is_guest else "signed in").inc()
    lao_id = current()
    if is_guest or lao_id is None:
        return
    bucket = bucket_key("access.refused", lao_id, refusal.by.code, code)
    if hit(bucket, ENTRIES, now=now) is None:
        audit.record_apart("access.refused", by=refusal.by, now=now, why=code)
