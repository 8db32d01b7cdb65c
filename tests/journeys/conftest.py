"""A real browser before the real pages, with the static files as they are served."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "screenshots"
HOST = "pakphun.localhost"


Theme = Literal["light", "dark"]


class AsServed(WSGIHandler):
    """Static files come from whitenoise, with their compression, as in production."""

    def __init__(self, application: WSGIHandler) -> None:
        self.application = application

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.application(environ, start_response)


@dataclass
class Watched:
    """A page, and all that it asked for and complained of."""

    page: Page
    base: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self.asked)
        self.page.on("pageerror", self.failed)
        self.page.on("console", self.said)

    def asked(self, request: Request) -> None:
        self.requests.append(request)

    def failed(self, error: Exception) -> None:
        self.complaints.append(str(error))

    def said(self, line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            self.complaints.append(line.text)

    def visit(self, path: str) -> Page:
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def away(self) -> list[str]:
        """Addresses beyond this machine that the page asked for."""
        return [
            request.url
            for request in self.requests
            if not (
                (urlsplit(request.url).hostname or "").endswith("localhost")
                or request.url.startswith("data:")
            )
        ]

    def transferred(self) -> int:
        """Bytes of all bodies as they went over the wire."""
        return sum(request.sizes()["responseBodySize"] for request in self.requests)

    def violations(self) -> list[str]:
        """What axe-core finds, by rule and element."""
        # Through the debugging protocol: the content security policy forbids a script element.
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
            " 'best-practice']})"
        )
        return [
            f"{rule['id']}: {node['target'][0]} {node.get('failureSummary', '')}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def keep_picture(self, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True, animations="disabled")


Enter = Callable[..., Watched]


@pytest.fixture(scope="session")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server of ours, whose first LAO is Pak Phun."""
    del django_db_setup
    call_command("collectstatic", interactive=False, verbosity=0)
    with django_db_blocker.unblock():
        thread = LiveServerThread("127.0.0.1", static_handler=AsServed)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        assert thread.error is None
        yield f"http://{HOST}:{thread.port}"
        thread.terminate()
        connections.close_all()


@pytest.fixture(scope="module")
def chromium(house: str) -> Iterator[Browser]:
    del house
    # The synchronous driver keeps an event loop in this thread, which Django takes for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def enter(chromium: Browser, house: str) -> Iterator[Enter]:
    """``enter(width=360, theme="dark", language="en", …)``: a new visitor."""
    contexts: list[BrowserContext] = []

    def visitor(
        *, width: int = 360, theme: Theme = "light", language: str = "th", **options: Any
    ) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            locale={"th": "th-TH", "en": "en-GB"}[language],
            **options,
        )
        contexts.append(context)
        return Watched(context.new_page(), house)

    yield visitor
    for context in contexts:
        context.close()
