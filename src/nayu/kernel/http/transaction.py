"""
One scope and one transaction around the whole response, rendering included.

``ATOMIC_REQUESTS`` would end with the view, and a template response renders after it.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from contextvars import copy_context

from django.core.handlers.exception import convert_exception_to_response
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from nayu.kernel.errors import Refused
from nayu.kernel.http import problems, refusals
from nayu.kernel.http.request import GetResponse, LaoRequest
from nayu.kernel.permissions import NotAllowed
from nayu.kernel.scope import scope

_FAILED = 500


class _Escaped(HttpResponse):
    """Carries an exception past Django, which would answer it inside the failed transaction."""

    def __init__(self, exception: Exception) -> None:
        super().__init__(status=_FAILED)
        self.exception = exception


class ScopeAndTransaction:
    """
    The innermost middleware.

    An answer below 500 is committed. An exception that leaves the view or its template rolls back,
    whatever the status of its page: half a piece of work is never kept. The page itself is made in
    a scope and transaction of its own, so it may ask the database even after a failed statement.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: LaoRequest) -> HttpResponseBase:
        lao_id = None if request.lao is None else request.lao.pk
        with _in(lao_id), transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= _FAILED:
                transaction.set_rollback(True)
        if isinstance(response, _Escaped):
            return _instead(lao_id, request, response.exception)
        if isinstance(response, StreamingHttpResponse):
            content = response.streaming_content
            assert isinstance(content, Iterable), "granian's WSGI cannot send an async stream"
            response.streaming_content = _stream(lao_id, content)
        return response

    def process_exception(self, request: LaoRequest, exception: Exception) -> HttpResponse:
        del request
        return _Escaped(exception)


def _in(lao_id: int | None) -> AbstractContextManager[None]:
    return nullcontext() if lao_id is None else scope(lao_id)


def _instead(lao_id: int | None, request: LaoRequest, exception: Exception) -> HttpResponseBase:
    with _in(lao_id):
        if isinstance(exception, NotAllowed):
            refusals.tell(exception, now=timezone.now())
        with transaction.atomic():
            return _page_for(request, exception)


def _page_for(request: LaoRequest, exception: Exception) -> HttpResponseBase:
    if isinstance(exception, Refused):
        return problems.refused(request, exception)

    def fail(_: HttpRequest) -> HttpResponseBase:
        raise exception

    # Django's own door chooses the page, as if the exception had never been held back.
    page = convert_exception_to_response(fail)(request)
    assert isinstance(page, HttpResponseBase), "error handlers are not async here"
    return page


def _stream(lao_id: int | None, content: Iterable[bytes]) -> Iterator[bytes]:
    """
    The body, made piece by piece in its own scope and transaction.

    Between two pieces the thread belongs to the server again, so the scope lives in a context of
    its own and not in the thread's.
    """
    pieces = _pieces(lao_id, content)
    context = copy_context()
    try:
        while (piece := context.run(next, pieces, None)) is not None:
            yield piece
    finally:
        context.run(pieces.close)


def _pieces(lao_id: int | None, content: Iterable[bytes]) -> Generator[bytes]:
    with _in(lao_id), transaction.atomic():
        yield from content
