"""What browsers are told about every answer; Django and django-csp tell them the rest."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nayu.kernel.http.request import GetResponse

_HEADERS = {
    # Places are asked for on our own pages only (where is the hole in the road), nothing else is.
    "Permissions-Policy": (
        "camera=(), microphone=(), payment=(), usb=(), browsing-topics=(), geolocation=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response
