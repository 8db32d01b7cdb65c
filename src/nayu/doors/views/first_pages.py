"""The first pages: of one local government, and of the whole installation."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from nayu.kernel.permissions import ActorRequest
from nayu.places import panels
from nayu.places.api import Lao, all_laos


class PlaceRequest(ActorRequest):
    """:param lao: ``None`` on the host of the portal."""

    lao: Lao | None


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    host: str
    url: str


@require_safe
@vary_on_cookie
def home(request: PlaceRequest) -> HttpResponse:
    if request.lao is None:
        return _portal(request)
    now = timezone.now()
    context = {
        "lao": request.lao,
        "office": panels.office(request.lao, now=now),
        "villages": panels.villages(now=now),
        "portal_url": url_at(request, settings.BASE_HOST),
    }
    return render(request, "doors/home.html", context)


def _portal(request: PlaceRequest) -> HttpResponse:
    places = [Place(lao.name, lao.host, url_at(request, lao.host)) for lao in all_laos()]
    return render(request, "doors/portal.html", {"places": places})


def url_at(request: HttpRequest, host: str) -> str:
    """Another host of this installation, at the scheme and port of this request."""
    port = urlsplit(f"//{request.get_host()}").port
    return f"{request.scheme}://{host}:{port}/" if port else f"{request.scheme}://{host}/"
