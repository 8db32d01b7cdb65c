"""Views that do what rooms do, and what they should not: for the tests of the doors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from nayu.kernel.errors import Refused
from nayu.kernel.forms import CleanText, ThaiDate
from nayu.kernel.http import Allowance, LaoRequest, idempotent, limit, rate_limited
from nayu.kernel.permissions import require
from tests.room.models import Book, Shelf
from tests.room.policy import MOVE_SHELVES

KNOCK = limit("room.knock", address=Allowance(3, timedelta(minutes=30)))


class ShelfIsFull(Refused):
    sentence = _("The shelf is full.")


class ShelfForm(forms.Form):
    label = CleanText(max_length=20)
    day = ThaiDate(required=False)


def labels() -> list[str]:
    return list(Shelf.objects.order_by("pk").values_list("label", flat=True))


def plain(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("\n".join(labels()))


def late(request: HttpRequest) -> HttpResponse:
    """Asks the database only when the template is rendered, after the view has ended."""
    return TemplateResponse(request, "room/shelves.html", {"shelves": Shelf.objects.order_by("pk")})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    del request

    def pieces() -> Iterator[str]:
        for label in labels():
            yield label
            # Asked again between two pieces, when the server had the thread in its hands.
            assert label in labels()

    return StreamingHttpResponse(pieces())


def lost(request: HttpRequest) -> HttpResponse:
    raise Http404(request.path)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An error page that asks the database itself."""
    del request, exception
    return HttpResponse("\n".join(labels()), status=404)


def _break_statement() -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    return HttpResponse()


def _answer_500() -> HttpResponse:
    return HttpResponse("broken", status=500)


def _answer_400() -> HttpResponse:
    return HttpResponse("your mistake", status=400)


def _fail_while_rendering() -> HttpResponse:
    return TemplateResponse(HttpRequest(), "room/broken.html", {"shelf": Exploding()})


def _fail_at_commit() -> HttpResponse:
    Book.objects.create(shelf_id="0190a0a0-0000-7000-8000-000000000000", title="orphan")
    return HttpResponse("kept?")


def _raise(exception: Exception) -> Callable[[], HttpResponse]:
    def raiser() -> HttpResponse:
        raise exception

    return raiser


class Exploding:
    def label(self) -> str:
        raise RuntimeError("ความลับ 1-2345-67890-12-3")


ENDS: dict[str, Callable[[], HttpResponse]] = {
    "well": HttpResponse,
    "answer-400": _answer_400,
    "answer-500": _answer_500,
    "statement": _break_statement,
    "rendering": _fail_while_rendering,
    "commit": _fail_at_commit,
    "bug": _raise(RuntimeError("ความลับ 1-2345-67890-12-3")),
    "refused": _raise(ShelfIsFull()),
    "lost": _raise(Http404("ความลับ")),
    "denied": _raise(PermissionDenied("ความลับ")),
}


def write(request: HttpRequest, end: str) -> HttpResponse:
    """Writes a row, then ends in one of the ways that a view can end."""
    del request
    Shelf.objects.create(label="written")
    return ENDS[end]()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who signed in and holds no role."""

    id: UUID
    roles: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        return f"member:{self.id}"


def move(request: LaoRequest, member: UUID | None = None) -> HttpResponse:
    """Writes a row, then finds that whoever asks may not."""
    Shelf.objects.create(label="written")
    require(Member(member) if member else request.actor, MOVE_SHELVES)
    return HttpResponse("moved")


def fail(request: HttpRequest) -> HttpResponse:
    """Breaks with all that was sent in its last words, and the database's words before them."""
    shelf = Shelf.objects.create(label="written")
    try:
        for _again in range(2):
            Book.objects.create(shelf=shelf, title=request.GET["title"])
    except IntegrityError as error:
        everything = f"{request.GET} {request.POST} {request.headers} {request.COOKIES}"
        raise ValueError(everything) from error
    return HttpResponse()


@require_POST
def post_only(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("ok")


@rate_limited(KNOCK, reads=True)
def knock(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("come in")


@rate_limited(KNOCK, reads=True)
def knock_and_break(request: HttpRequest) -> HttpResponse:
    del request
    raise RuntimeError


def form(request: HttpRequest) -> HttpResponse:
    form = ShelfForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return JsonResponse({"label": form.cleaned_data["label"]})
    return render(request, "room/form.html", {"form": form}, status=422 if form.errors else 200)


def _nothing() -> None:
    """What happens in the middle of a write; tests put a wait here."""


in_the_middle: Callable[[], None] = _nothing


@idempotent
def send(request: HttpRequest) -> HttpResponse:
    label = request.POST.get("label", "")
    if not label:
        return render(request, "room/form.html", {"form": ShelfForm(request.POST)})
    photo = request.FILES.get("photo")
    shelf = Shelf.objects.create(label=label + (photo.read().decode() if photo else ""))
    in_the_middle()
    if label == "bug":
        raise RuntimeError
    if label == "json":
        return JsonResponse({"shelf": str(shelf.pk)}, status=201)
    return redirect(f"/shelves/{shelf.pk}/")
