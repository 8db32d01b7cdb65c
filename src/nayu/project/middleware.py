"""Which LAO a request belongs to."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from nayu.kernel.http import LaoRequest
from nayu.kernel.http.problems import UNKNOWN_HOST, problem
from nayu.kernel.http.request import GetResponse
from nayu.kernel.permissions import Guest
from nayu.places.api import lao_at


class LaoByHost:
    """The host chooses the LAO; until sign-in knows better, the actor is a guest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: LaoRequest) -> HttpResponseBase:
        host = host_of(request)
        lao = lao_at(host)
        if lao is None and host != settings.BASE_HOST:
            return problem(request, 404, sentence=UNKNOWN_HOST)
        request.lao = lao
        request.actor = Guest()
        return self.get_response(request)


def host_of(request: HttpRequest) -> str:
    """
    The host that was asked for, in lower case and without port.

    :raises DisallowedHost: it is no host name; Django answers 400.
    """
    host, _ = split_domain_port(request.get_host())
    return host
