"""What a room does in a request, one thing a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from nayu.kernel import audit, events
from nayu.kernel.http import LaoRequest
from nayu.kernel.permissions import System
from nayu.places.models import Lao
from tests.room.events import ShelfWanted
from tests.room.models import Shelf

_A_PAGE = 20


def hello(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("สวัสดี")


def place(request: LaoRequest) -> HttpResponse:
    """One query of a table that belongs to no LAO, so that it can be asked without a scope."""
    assert request.lao is not None, "asked at the host of an LAO"
    return HttpResponse(Lao.objects.get(pk=request.lao.pk).code)


def row(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse(Shelf.objects.order_by("pk")[0].label)


def shelves(request: HttpRequest) -> HttpResponse:
    rows = Shelf.objects.order_by("pk")[:_A_PAGE]
    return render(request, "site/shelves.html", {"shelves": rows})


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    shelf = Shelf.objects.create(label=request.POST["label"])
    audit.record("shelf.made", by=System("bench"), now=timezone.now(), on=shelf)
    return HttpResponse("kept", status=201)


@require_POST
def announce(request: LaoRequest) -> HttpResponse:
    """Work for the worker."""
    assert request.lao is not None, "asked at the host of an LAO"
    events.announce(ShelfWanted(lao_id=request.lao.pk, label=request.POST["label"]))
    return HttpResponse("announced", status=202)
