"""The request as views see it: it knows its LAO and its actor."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nayu.kernel.permissions import ActorRequest


class Tenant(Protocol):
    """The LAO, as far as the kernel knows it."""

    @property
    def pk(self) -> int: ...


class LaoRequest(ActorRequest):
    #: ``None`` on the portal of the network, which belongs to no LAO.
    lao: Tenant | None


GetResponse = Callable[[HttpRequest], HttpResponseBase]
