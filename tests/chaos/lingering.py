"""
Moments made longer, so that a kill falls into them: between the row and its commit, and between
the commit and the answer. Nothing waits for them to end.
"""

import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nayu.kernel.http.request import GetResponse

_BEFORE_COMMIT = 0.01
#: The longer one, so that most requests under way at a kill are in it: there a second row is made.
_AFTER_COMMIT = 0.05


def linger() -> None:
    time.sleep(_BEFORE_COMMIT)


class AfterCommit:
    """The outermost middleware: the write is kept, and nobody has been told."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        time.sleep(_AFTER_COMMIT)
        return response
