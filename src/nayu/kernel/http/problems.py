"""
The pages that say no: what happened, and what the person can do now.

They ask no database and need no other page's help, because they are shown when those are broken.
A machine that asks for JSON gets ``application/problem+json`` (RFC 9457).
"""

import logging
import secrets
import sys
from dataclasses import dataclass

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused
from nayu.kernel.http import metrics
from nayu.kernel.http.limits import TooMany
from nayu.kernel.http.request import GetResponse

log = logging.getLogger(__name__)

Sentence = str | Promise

#: Crockford's alphabet: nothing in it is misread aloud or by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TRY_AGAIN_SECONDS = 60
_WRONG = 400


@dataclass(frozen=True, slots=True)
class Problem:
    title: Sentence
    sentence: Sentence


PROBLEMS = {
    400: Problem(
        _("This could not be understood"),
        _("Something in what was sent cannot be read. Please go back, check it and send it again."),
    ),
    401: Problem(
        _("Please sign in"),
        _("This page is only for those who have signed in. Please sign in and try again."),
    ),
    403: Problem(
        _("You may not open this"),
        _("This page is for others. If you need it for your work, ask your administrator."),
    ),
    404: Problem(
        _("This page is not here"),
        _("It may have moved, or the address has a mistake. Please start from the first page."),
    ),
    405: Problem(
        _("This page cannot be used in this way"),
        _("Please go back to the page you came from and use its buttons."),
    ),
    409: Problem(
        _("This cannot be done now"),
        _("Something changed in the meantime. Please open the page again and look."),
    ),
    413: Problem(
        _("This is too large"),
        _("More was sent than can be received at once. Please send less, or a smaller file."),
    ),
    414: Problem(
        _("This address is too long"),
        _("Please search with fewer words, or start from the first page."),
    ),
    415: Problem(
        _("This kind of text cannot be read"),
        _("Please send text as UTF-8."),
    ),
    429: Problem(
        _("Too many times"),
        _("This was done too many times in a short while. Please wait and try again."),
    ),
    500: Problem(
        _("Something broke on our side"),
        _(
            "It is not your fault, and what you sent was not kept. Please try again later; if it"
            " happens again, tell us the number below."
        ),
    ),
    503: Problem(
        _("We cannot answer at the moment"),
        _(
            "The system is busy or being repaired, and what you sent was not kept. Please try"
            " again in a minute; if it happens again, tell us the number below."
        ),
    ),
}
FORM_EXPIRED = _(
    "This form was open for too long, or the browser keeps no cookies. Please open the page again"
    " and send the form once more."
)
UNKNOWN_HOST = _(
    "No local government answers at this address. Please check its spelling, or ask your"
    " municipality for the right one."
)
NO_ADDRESS = _("The address that was asked for cannot be read. Please check its spelling.")
TOO_MANY_FIELDS = _("The form has too many fields or files. Please send it in smaller parts.")

_BAD_REQUESTS: tuple[tuple[type[Exception], int, Sentence | None], ...] = (
    (RequestDataTooBig, 413, None),
    (TooManyFieldsSent, 413, TOO_MANY_FIELDS),
    (TooManyFilesSent, 413, TOO_MANY_FIELDS),
    (DisallowedHost, 400, NO_ADDRESS),
    (MultiPartParserError, 400, None),
)

#: For the day on which even the template is missing.
_BARE = (
    '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
    "<h1>{}</h1><p>{}</p><p>{}</p></html>"
)


def problem(
    request: HttpRequest,
    status: int,
    *,
    sentence: Sentence | None = None,
    incident: str = "",
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """
    The answer with this status, in the language and the form that the reader asks for.

    :param sentence: whole, when it says more than the one that belongs to the status.
    """
    known = PROBLEMS.get(status, PROBLEMS[_WRONG])
    with translation.override(translation.get_language_from_request(request)):
        title, detail = str(known.title), str(sentence or known.sentence)
        response = (
            _json(status, title, detail, incident)
            if _wants_json(request)
            else _page(status, title, detail, incident)
        )
    for name, value in {"Cache-Control": "no-store", **(headers or {})}.items():
        response[name] = value
    response["Vary"] = "Accept, Accept-Language"
    return response


def _wants_json(request: HttpRequest) -> bool:
    offered = ["text/html", "application/problem+json", "application/json"]
    return request.get_preferred_type(offered) in offered[1:]


def _json(status: int, title: str, detail: str, incident: str) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if incident:
        body["incident"] = incident
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _page(status: int, title: str, detail: str, incident: str) -> HttpResponse:
    language = translation.get_language() or ""
    context = {"title": title, "sentence": detail, "incident": incident, "language": language}
    try:
        # Without the request: context processors of rooms above may ask the database.
        page = render_to_string("kernel/problem.html", context)
    except (TemplateDoesNotExist, TemplateSyntaxError, OSError):
        log.exception("the problem page cannot be rendered")
        page = format_html(_BARE, language, title, title, detail, incident)
    return HttpResponse(page, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no: its own sentence, with its status."""
    metrics.refusals.labels(type(refusal).__name__).inc()
    headers = {"Retry-After": str(refusal.seconds)} if isinstance(refusal, TooMany) else None
    with translation.override(translation.get_language_from_request(request)):
        sentence = str(refusal)
    return problem(request, refusal.status, sentence=sentence, headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    for kind, status, sentence in _BAD_REQUESTS:
        if isinstance(exception, kind):
            return problem(request, status, sentence=sentence)
    return problem(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return problem(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return problem(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: a form without the secret that our own page put into it."""
    del reason
    return problem(request, 403, sentence=FORM_EXPIRED)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away; the number on the page is in the log."""
    exception = sys.exception()
    incident = _new_incident()
    view = request.resolver_match.view_name if request.resolver_match else "none"
    log.error("incident %s: %s %s", incident, request.method, view, exc_info=exception)
    if isinstance(exception, (DatabaseError, InterfaceError)):
        metrics.database_errors.labels(type(exception).__name__).inc()
    if isinstance(exception, (OperationalError, InterfaceError)):
        headers = {"Retry-After": str(_TRY_AGAIN_SECONDS)}
        return problem(request, 503, incident=incident, headers=headers)
    return problem(request, 500, incident=incident)


def _new_incident() -> str:
    number = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{number[:4]}-{number[4:]}"


class NoEmptyErrors:
    """Gives an error without a body (Django's 405, a view's bare 404) its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            isinstance(response, HttpResponse)
            and response.status_code >= _WRONG
            and not response.content
        ):
            page = problem(request, response.status_code)
            response.content = page.content
            for name, value in page.items():
                response[name] = value
        return response
