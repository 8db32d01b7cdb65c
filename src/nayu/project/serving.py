"""Web, worker and database as one family of processes."""

import http.client
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address

from nayu.project import cli, preparing, web
from nayu.project.folder_lock import FolderLock, Held
from nayu.project.installation import Installation, here, is_embedded
from nayu.project.postgres import EmbeddedPostgres
from nayu.project.processes import fork
from nayu.project.supervisor import STOP, Database, Forked, Supervisor
from nayu.project.terminal import CommandRefused, say

#: Seconds that a job under way has to finish when the worker stops.
_JOB_SECONDS = 30.0
_OK_ENOUGH = 500


@dataclass(frozen=True, slots=True)
class House:
    """
    A data folder that is ours, and its database, which runs.

    :param embedded: ``None`` where ``DATABASE_URL`` names the server.
    """

    lock: FolderLock
    embedded: Installation | None


@contextmanager
def claimed() -> Iterator[House]:
    """
    Until the end nobody else starts on this data folder.

    :raises CommandRefused: somebody has.
    """
    # Told to end before all is started, we unwind what is.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    installation = here()
    try:
        lock = installation.lock()
    except Held as held:
        raise _already_running(held) from None
    try:
        if is_embedded():
            with _running(installation.server):
                yield House(lock, installation)
        else:
            yield House(lock, None)
    finally:
        lock.release()


@contextmanager
def _running(server: EmbeddedPostgres) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.stop()


def _already_running(held: Held) -> CommandRefused:
    pid, url = held.holder.pid, held.holder.url
    if not url:
        return CommandRefused(
            f"มีคำสั่งน่าอยู่อื่น (pid {pid}) กำลังทำงานกับโฟลเดอร์ข้อมูลนี้",
            f"Another Nayu command (pid {pid}) is at work in this data folder.",
        )
    return CommandRefused(
        f"น่าอยู่ทำงานอยู่แล้วกับโฟลเดอร์ข้อมูลนี้ (pid {pid}) ที่ {url}",
        f"Nayu already runs on this data folder (pid {pid}) at {url}",
    )


@contextmanager
def meanwhile(body: Callable[[], int]) -> Iterator[None]:
    """
    Run the body in a child beside the block, and wait for it at the block's end.

    What it imports, and whom it connects as, never reaches the processes that serve.

    :raises SystemExit: with the body's exit code, when it is not 0.
    """
    child = fork("prepare", lambda: cli.answered(body))
    try:
        yield
        child.join()
    finally:
        child.kill()
        child.join()
    if child.exitcode:
        raise SystemExit(child.exitcode)


def live(house: House, keeper: socket.socket, *, host: str, ready: Callable[[], None]) -> None:
    """
    Serve until told to stop; Django is set up as the app.

    :param keeper: holds the address and port.
    :param host: a name at which the first page is asked for.
    :param ready: called when that page was answered.
    """
    address, port = keeper.getsockname()[:2]
    preparing.must_be_safe()
    web.preload()
    supervisor = Supervisor()
    try:
        if house.embedded is not None:
            supervisor.adopt(Database(house.embedded.server))
        supervisor.start(Forked("worker", _work, _JOB_SECONDS))
        supervisor.start(Forked("web", lambda: web.serve(address, port), web.DRAIN_SECONDS + 5.0))
        if _answers(loopback(address), port, host):
            house.lock.tell(url=f"http://{host}:{port}/")
            ready()
        supervisor.run()
        say("กำลังหยุด", "Stopping.")
    finally:
        supervisor.stop()


def _work() -> int:
    entry = cli.entries()["worker"]
    command = entry.load()
    return command.run(cli.parser_of(entry, command).parse_args([]))


def loopback(address: str) -> str:
    """Where this machine itself reaches the server."""
    return "127.0.0.1" if ip_address(address).is_unspecified else address


def _answers(address: str, port: int, host: str) -> bool:
    """:returns: ``False`` when we were told to stop before."""
    while not signal.sigpending() & STOP:
        with suppress(OSError, http.client.HTTPException):
            if _status(address, port, host) < _OK_ENOUGH:
                return True
        time.sleep(0.02)
    return False


def _status(address: str, port: int, host: str) -> int:
    connection = http.client.HTTPConnection(address, port, timeout=30)
    try:
        headers = {"Host": f"{host}:{port}", "X-Forwarded-Proto": "https"}
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
