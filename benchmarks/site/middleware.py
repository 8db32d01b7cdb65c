"""The same page with and without scope and transaction, in one server and one run."""

from django.http.response import HttpResponseBase

from nayu.kernel.http.request import LaoRequest
from nayu.kernel.http.transaction import ScopeAndTransaction

_AROUND = "/bench/without/"


class ScopeOrNot(ScopeAndTransaction):
    def __call__(self, request: LaoRequest) -> HttpResponseBase:
        if request.path_info.startswith(_AROUND):
            return self.get_response(request)
        return super().__call__(request)
