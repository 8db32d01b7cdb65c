"""The least that granian and Django can do: one view, no middleware, no database."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from nayu.project import env
from tests.running import ROOT, free_port, get, until


def hello(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("สวัสดี")


urlpatterns = [path("hello", hello)]


def application() -> object:
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=secrets.token_urlsafe(),
        MIDDLEWARE=[],
        LOGGING_CONFIG=None,
    )
    return get_wsgi_application()


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """With as many processes and threads as Nayu. :returns: pid and port."""
    port = free_port()
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
            *("--workers", env.WEB_PROCESSES.text(), "--blocking-threads", env.WEB_THREADS.text()),
            f"{__name__}:application",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            until(lambda: get(port, "localhost", "/hello").status == 200, "hello is served")
            yield server.pid, port
        finally:
            server.terminate()
