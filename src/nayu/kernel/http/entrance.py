"""
What no honest browser sends is turned away here, with a sentence, before any room sees it.

Forms are read here too, so that a slow upload holds no transaction open.
"""

from collections.abc import Iterator

from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase

from nayu.kernel.http.problems import problem
from nayu.kernel.http.request import GetResponse
from nayu.kernel.thai import is_readable

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
#: Characters of a path, and bytes of a query, where a Thai letter takes nine.
LONGEST_PATH = 1_000
LONGEST_QUERY = 8_192
#: Bytes of a body with files; forms without files have Django's own, much lower limit.
LARGEST_BODY = 50_000_000
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})


class Entrance:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return problem(request, 405, headers={"Allow": ", ".join(METHODS)})
        status = _too_much(request) or _unreadable(request)
        return problem(request, status) if status else self.get_response(request)


def _too_much(request: HttpRequest) -> int | None:
    query = request.META.get("QUERY_STRING", "")
    if len(request.path_info) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        return 414
    length = request.META.get("CONTENT_LENGTH") or "0"
    return 413 if length.isdecimal() and int(length) > LARGEST_BODY else None


def _unreadable(request: HttpRequest) -> int | None:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in _CHARSETS:
        # Python knows codecs that are no alphabets; Django would try them.
        return 415
    try:
        readable = all(map(is_readable, _words(request)))
    except UnreadablePostError:
        return 400
    return None if readable else 400


def _words(request: HttpRequest) -> Iterator[str]:
    # Bytes that are no text stay percent-encoded in a path; no view answers such a one.
    yield request.path_info
    yield from _flat(request.GET)
    if request.content_type in _FORMS:
        yield from _flat(request.POST)
        for name, files in request.FILES.lists():
            yield name
            yield from (file.name or "" for file in files)


def _flat(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from (str(value) for value in values)
