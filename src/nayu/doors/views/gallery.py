"""``/_house/``: every component in its states; in the demonstration and in tests only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from nayu.doors.forms import GalleryForm
from nayu.doors.views import samples
from nayu.kernel.components.icons import known_icons
from nayu.kernel.components.values import Choice, Text

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """One page of the gallery. :param fill: what its template needs."""

    label: Text
    fill: Callable[[HttpRequest], Context]


def _ground(request: HttpRequest) -> Context:
    del request
    return {"colours": samples.COLOURS, "icons": sorted(known_icons())}


def _actions(request: HttpRequest) -> Context:
    del request
    return {"news": samples.news()}


def _forms(request: HttpRequest) -> Context:
    sent = request.POST if request.method == "POST" else None
    return {"form": GalleryForm(sent, request.FILES or None)}


def _data(request: HttpRequest) -> Context:
    del request
    return {
        "facts": samples.facts(),
        "steps": samples.steps(),
        "happenings": samples.happenings(),
        "matters": samples.table(),
    }


def _ways(request: HttpRequest) -> Context:
    del request
    return {
        "crumbs": samples.crumbs(),
        "facts": samples.facts(),
        "happenings": samples.happenings(),
        "groups": samples.desk_groups(),
    }


def _pictures(request: HttpRequest) -> Context:
    del request
    return {"bars": samples.bars(), "lines": samples.lines(), "places": samples.places()}


def _citizen(request: HttpRequest) -> Context:
    del request
    return {"tabs": samples.citizen_places(), "steps": samples.steps()}


def _desk(request: HttpRequest) -> Context:
    return {
        "desk_groups": samples.desk_groups(),
        "crumbs": samples.crumbs(),
        "matters": samples.table(),
        "bars": samples.bars(),
        "happenings": samples.happenings(),
        "desk_url": request.path,
    }


ROOMS = {
    "ground": Room(_("Colours, letters, icons"), _ground),
    "actions": Room(_("Buttons and messages"), _actions),
    "forms": Room(_("Forms"), _forms),
    "data": Room(_("Things in order"), _data),
    "ways": Room(_("Finding the way"), _ways),
    "pictures": Room(_("Maps and charts"), _pictures),
    "citizen": Room(_("Citizen's shell"), _citizen),
    "desk": Room(_("Officers' desk"), _desk),
}


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    del request
    _only_in_the_demonstration()
    return redirect("doors:gallery_room", next(iter(ROOMS)))


@require_http_methods(["GET", "POST"])
@vary_on_cookie
def room(request: HttpRequest, room: str) -> HttpResponse:
    _only_in_the_demonstration()
    if room not in ROOMS:
        raise Http404
    chosen = ROOMS[room]
    context = {"rooms": _rooms(room), "room": chosen, **chosen.fill(request)}
    return render(request, f"doors/gallery/{room}.html", context)


def _only_in_the_demonstration() -> None:
    """:raises Http404: this installation serves people."""
    if not settings.DEMO:
        raise Http404


def _rooms(current: str) -> list[Choice]:
    return [
        Choice(room.label, reverse("doors:gallery_room", args=[name]), name, name == current)
        for name, room in ROOMS.items()
    ]
