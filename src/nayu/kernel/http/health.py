"""
Whether this process lives, and whether it can serve.

Answered on any host and before any transaction, so that a probe needs neither LAO nor name.
"""

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from nayu.kernel.http import metrics
from nayu.kernel.http.request import GetResponse

#: Bytes; below it PostgreSQL is about to refuse writes.
LEAST_FREE = 200_000_000


def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    del request
    return _answer({"process": True})


def ready(request: HttpRequest) -> HttpResponse:
    """Traffic may come: the database answers, knows this code's tables, and has space."""
    del request
    return _answer(
        {"database": _has_database(), "migrations": _is_migrated(), "disk": _has_space()}
    )


def _answer(checks: dict[str, bool]) -> HttpResponse:
    well = all(checks.values())
    return JsonResponse(
        {"status": "ok" if well else "failing", "checks": checks},
        status=200 if well else 503,
        headers={"Cache-Control": "no-store"},
    )


def _has_database() -> bool:
    try:
        with connections["apart"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        connections["apart"].close()
        return False
    return True


def _is_migrated() -> bool:
    try:
        applied = MigrationRecorder(connections["apart"]).applied_migrations().keys()
    except (DatabaseError, InterfaceError):
        return False
    return _migrations_of_this_code() <= applied


def _migrations_of_this_code() -> set[tuple[str, str]]:
    # By their file names: importing all of them would cost every web process memory.
    found = set()
    for app in apps.get_app_configs():
        spec = find_spec(f"{app.name}.migrations")
        for folder in (spec.submodule_search_locations if spec else None) or ():
            found |= {(app.label, file.stem) for file in Path(folder).glob("[0-9]*.py")}
    return found


def _has_space() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE
    except FileNotFoundError:
        return False


_PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics.page,
}


class Probes:
    """Answers the machines that watch over us, ahead of hosts, languages and transactions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = _PROBES.get(request.path_info)
        return self.get_response(request) if probe is None else probe(request)
