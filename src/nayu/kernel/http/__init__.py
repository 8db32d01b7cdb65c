"""What every request passes, and what a view borrows: idempotency and rate limits."""

from nayu.kernel.http.address import client_address
from nayu.kernel.http.idempotency import idempotent
from nayu.kernel.http.limits import Allowance, Limit, TooMany, limit, rate_limited, spend
from nayu.kernel.http.problems import problem
from nayu.kernel.http.request import LaoRequest

__all__ = [
    "Allowance",
    "LaoRequest",
    "Limit",
    "TooMany",
    "client_address",
    "idempotent",
    "limit",
    "problem",
    "rate_limited",
    "spend",
]
