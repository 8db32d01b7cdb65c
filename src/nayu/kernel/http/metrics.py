"""
What monitoring may know, in Prometheus' text format: counts and times, never a path or a person.

Every web process writes files in ``settings.METRICS_DIR``; whichever is asked adds them up. Who
starts the web server empties that folder first.
"""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from nayu.kernel.http.gauges import Now
from nayu.kernel.http.request import GetResponse

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests = Counter(
    "nayu_requests", "Answers, by name of the view and class of the status.", ["view", "status"]
)
seconds = Histogram(
    "nayu_request_seconds", "Time until the answer was ready.", ["view"], buckets=_BUCKETS
)
database_errors = Counter("nayu_database_errors", "Errors of the database, by kind.", ["kind"])
rate_limit_hits = Counter("nayu_rate_limit_hits", "Hits of each rule.", ["rule", "outcome"])
access_refused = Counter("nayu_access_refused", "Rights refused.", ["right", "who"])
refusals = Counter("nayu_refusals", "Expected noes, by kind.", ["kind"])


class Metrics:
    """The outermost middleware, so that nobody's answer is left out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        view = _name(request)
        seconds.labels(view).observe(time.perf_counter() - started)
        requests.labels(view, f"{response.status_code // 100}xx").inc()
        return response


def _name(request: HttpRequest) -> str:
    # A path that no view answers has no name: it could be anything, a person's too.
    return request.resolver_match.view_name if request.resolver_match else "none"


def page(request: HttpRequest) -> HttpResponse:
    """``/metrics``, for whoever holds the token; without one it does not exist."""
    if settings.METRICS_TOKEN is None:
        return HttpResponseNotFound()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(given, settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(
        generate_latest(_of_all_processes()), headers={"Content-Type": CONTENT_TYPE_LATEST}
    )


def _of_all_processes() -> CollectorRegistry:
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Now())
    return registry
