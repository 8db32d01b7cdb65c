"""
A write that is sent twice happens once, and is answered twice.

The key travels in the form (``{% idempotency_key %}``) or in the header ``Idempotency-Key``. It is
inserted in the transaction of the write itself: whoever sends the same form meanwhile waits at the
unique key, then gets the same answer; a write that was rolled back left no key behind.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused
from nayu.kernel.http.models import GivenAnswer
from nayu.kernel.http.request import LaoRequest
from nayu.kernel.scope import here
from nayu.kernel.tenancy import new_id

View = TypeVar("View", bound=Callable[..., HttpResponse])

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"
#: Says that the answer was given before.
REPLAYED = "Idempotency-Replayed"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
#: Fields that differ each time the same form is sent.
_NOT_CONTENT = frozenset({FIELD, "csrfmiddlewaretoken"})
_KEY_LENGTHS = range(16, 201)
_SUCCESSES = range(200, 300)
_REDIRECTS = range(300, 400)

_INSERT = """
INSERT INTO kernel_givenanswer (id, lao_id, key, bound_to, location, json, made_at)
VALUES (%s, %s, %s, %s, '', '', %s)
ON CONFLICT (lao_id, key) DO NOTHING
"""


class KeyMissing(Refused):
    sentence = _("This form is not complete. Please open the page again and send it once more.")
    status = 400


class KeyUsedForOther(Refused):
    sentence = _(
        "This form was sent before with other content. Please open the page again, check whether"
        " the first one arrived, and send a new one only if it did not."
    )


def fresh_key() -> str:
    return secrets.token_urlsafe(18)


def idempotent(view: View) -> View:
    """
    For public writes, not for sign-in, sign-out or webhooks.

    The view answers a success with a redirect or with JSON, because only those can be given again;
    anything else counts as "not yet", so that a corrected form can be sent with the same key.

    :raises KeyMissing: no key came with the write.
    :raises KeyUsedForOther: the key was used with another body, page or visitor.
    """

    @wraps(view)
    def once(request: LaoRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in _READS:
            return view(request, *args, **kwargs)
        key, bound_to = _key(request), _bound_to(request)
        if not _claim(key, bound_to, now=timezone.now()):
            return _given(key, bound_to)
        response = view(request, *args, **kwargs)
        _remember(key, response)
        return response

    once.__dict__["idempotent"] = True
    return cast("View", once)


def _key(request: HttpRequest) -> str:
    key = request.headers.get(HEADER) or request.POST.get(FIELD) or ""
    if len(key) not in _KEY_LENGTHS:
        raise KeyMissing
    return hashlib.sha256(key.encode()).hexdigest()


def _bound_to(request: LaoRequest) -> str:
    content = hashlib.sha256()
    for part in _content(request):
        # The length first, so that two parts cannot be read as one.
        content.update(b"%d:" % len(part))
        content.update(part)
    # A guest is known by the secret in her CSRF cookie, which changes when she signs in.
    visitor = [request.actor.code, request.META.get("CSRF_COOKIE", "")]
    bound = json.dumps([visitor, request.method, request.get_full_path(), content.hexdigest()])
    return salted_hmac("nayu.kernel.http.idempotency", bound, algorithm="sha256").hexdigest()


def _content(request: HttpRequest) -> Iterator[bytes]:
    if request.content_type not in _FORMS:
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        if name not in _NOT_CONTENT:
            yield json.dumps([name, values]).encode()
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            yield json.dumps([name, file.name, digest.hexdigest()]).encode()


def _claim(key: str, bound_to: str, *, now: datetime) -> bool:
    """Whether the write is ours to do; waits while another request does the same one."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [new_id(), here(), key, bound_to, now])
        return bool(cursor.rowcount)


def _given(key: str, bound_to: str) -> HttpResponse:
    answer = GivenAnswer.objects.get(key=key)
    if answer.bound_to != bound_to:
        raise KeyUsedForOther
    assert answer.status is not None, "a key without an answer was committed"
    response = HttpResponse(
        answer.json, status=answer.status, content_type="application/json" if answer.json else None
    )
    if answer.location:
        response["Location"] = answer.location
    response[REPLAYED] = "true"
    return response


def _remember(key: str, response: HttpResponse) -> None:
    row = GivenAnswer.objects.filter(key=key)
    if not _can_be_given_again(response):
        row.delete()
        return
    is_redirect = response.has_header("Location")
    row.update(
        status=response.status_code,
        location=response.get("Location", ""),
        json="" if is_redirect else response.text,
    )


def _can_be_given_again(response: HttpResponse) -> bool:
    if response.status_code in _REDIRECTS:
        return response.has_header("Location")
    is_json = response.get("Content-Type", "").split(";")[0] == "application/json"
    return response.status_code in _SUCCESSES and is_json and not response.streaming
