"""Requests as fast as the server answers, by wrk."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nayu.project.terminal import CommandRefused
from tests.running import get

_SCRIPT = Path(__file__).with_name("wrk.lua")
#: Stands in cookie and header alike, as a form's would; Django's own check passes it.
_CSRF = "b" * 32


@dataclass(frozen=True, slots=True)
class Page:
    """:param hosts: so many LAOs take turns; 0 asks ``host`` alone."""

    path: str
    host: str = "lao00001.localhost"
    method: str = "GET"
    body: str = ""
    hosts: int = 0

    @property
    def headers(self) -> dict[str, str]:
        # As a proxy that ends TLS speaks to us in production.
        found = {"Host": self.host, "X-Forwarded-Proto": "https"}
        if self.method == "POST":
            found |= {
                "Origin": f"https://{self.host}",
                "Cookie": f"__Host-csrf={_CSRF}",
                "X-CSRFToken": _CSRF,
                "Content-Type": "application/x-www-form-urlencoded",
            }
        return found


@dataclass(frozen=True, slots=True)
class Drive:
    """What wrk saw; an error is a broken connection, a time-out or a status of 400 or more."""

    requests: int
    seconds: float
    errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


def find_wrk() -> str:
    """:raises CommandRefused: it is not here, and we may not install it."""
    if shutil.which("wrk") is None and os.geteuid() == 0:
        for words in (["update"], ["install", "-y", "--no-install-recommends", "wrk"]):
            subprocess.run(["/usr/bin/apt-get", "-qq", *words], stdout=2, check=False)
    found = shutil.which("wrk")
    if found is None:
        raise CommandRefused(
            "ยังไม่มีโปรแกรม wrk โปรดพิมพ์ sudo apt install wrk",
            "The program wrk is missing; type: sudo apt install wrk",
        )
    return found


def must_answer(port: int, page: Page) -> None:
    """A page that answers anything but 200 would be measured as fast as it fails."""
    if page.method == "GET":
        host = page.headers["Host"]
        status = get(port, host, page.path, **{"X-Forwarded-Proto": "https"}).status
        assert status == 200, f"{page.path} at {host} answered {status}"


def drive(port: int, page: Page, *, seconds: float, connections: int) -> Drive:
    """Errors are counted, not raised."""
    command = [
        *(
            find_wrk(),
            "-t1",
            f"-c{connections}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "10s",
        ),
        *("-s", str(_SCRIPT)),
        *(word for name, value in page.headers.items() for word in ("-H", f"{name}: {value}")),
        f"http://127.0.0.1:{port}{page.path}",
        *("--", page.method, page.body, str(page.hosts)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Drive(**json.loads(done.stdout.splitlines()[-1]))
