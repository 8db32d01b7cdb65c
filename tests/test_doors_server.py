"""What only a real server shows: granian in front of the whole stack, as a child of the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from nayu.project import roles
from tests.database import Laos, Server
from tests.room.shelves import put_shelf

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

GET = b"GET /plain/ HTTP/1.1\r\nHost: pakphun.localhost\r\nConnection: close\r\n"
POST = GET.replace(b"GET /plain/", b"POST /form/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port(server: Server) -> Iterator[int]:
    port = free_port()
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "2"),
            "tests.room.wsgi:application",
        ],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": server.url(roles.APP),
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_it_listens(child, port)
        yield port
    finally:
        child.terminate()
        child.wait(30)


def until_it_listens(child: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert child.poll() is None, "the server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not listen")


def ask(port: int, request: bytes) -> bytes:
    """Everything that comes back; a connection cut while we still write is an answer too."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(request)
            while piece := connection.recv(65_536):
                answer += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
    return answer


def status(answer: bytes) -> int:
    return int(answer.split()[1])


def test_a_real_server_never_answers_bad_input_with_a_500(port: int, laos: Laos) -> None:
    put_shelf(laos.pak_phun, "ours")
    put_shelf(laos.wiang_phrao, "theirs")

    assert ask(port, GET + b"\r\n").endswith(b"ours")
    streamed = ask(port, GET.replace(b"plain", b"streamed") + b"\r\n")
    assert b"ours" in streamed
    assert b"theirs" not in streamed

    for request, expected in {
        GET + b"X-Long: " + b"a" * 600_000 + b"\r\n\r\n": {431},
        GET + b"X-Bad: a\x00b\r\n\r\n": {400},
        GET + b"Cookie: " + b"a=b; " * 5_000 + b"\r\n\r\n": {200, 431},
        b"GET /%ff%00%zz HTTP/1.1\r\nHost: pakphun.localhost\r\nConnection: close\r\n\r\n": {400},
        b"GET /\xff HTTP/1.1\r\nHost: pakphun.localhost\r\nConnection: close\r\n\r\n": {400},
        b"BREW /plain/ HTTP/1.1\r\nHost: pakphun.localhost\r\nConnection: close\r\n\r\n": {405},
        b"GET / HTTP/1.1\r\nHost: nowhere.test\r\nConnection: close\r\n\r\n": {404},
        b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n": {400},
        b"GET / HTTP/1.0\r\nConnection: close\r\n\r\n": {400, 404},
        b"nonsense\r\n\r\n": {400},
        POST + b"Content-Length: 99999999999\r\n\r\n": {413},
        POST + b"Content-Length: -1\r\n\r\n": {400},
    }.items():
        answer = ask(port, request)
        assert status(answer) in expected, (request[:60], answer[:200])
