"""The web server: granian, whose processes are copies of one that has everything imported."""

import errno
import gc
import multiprocessing
import socket
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from nayu.project import env, redaction
from nayu.project.processes import end_with_parent
from nayu.project.terminal import CommandRefused

#: Seconds that a request under way has to finish when the server stops.
DRAIN_SECONDS = 10
_LAST_PORT = 65535
_LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": redaction.FORMATTER},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Its start and stop are said by us; what goes wrong it says itself.
    "loggers": {"_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}


class PortTaken(Exception):
    pass


def reserve(address: str, port: int) -> socket.socket:
    """
    A bound socket that keeps the port ours; the server's own sockets join it.

    :raises PortTaken: somebody listens there.
    """
    keeper = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        keeper.bind((address, port))
    except OSError as error:
        keeper.close()
        if error.errno != errno.EADDRINUSE:
            raise CommandRefused(
                f"ใช้ที่อยู่ {address} พอร์ต {port} ไม่ได้", f"Cannot use {address} port {port}: {error}."
            ) from error
        raise PortTaken from error
    # Only now, so that two installations never share one port unawares.
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return keeper


def reserve_exactly(address: str, port: int) -> socket.socket:
    """:raises CommandRefused: somebody listens there."""
    try:
        return reserve(address, port)
    except PortTaken:
        raise CommandRefused(
            f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ โปรดเลือกพอร์ตอื่นด้วย {env.PORT.name}",
            f"Port {port} is in use; choose another one with {env.PORT.name}.",
        ) from None


def reserve_next(address: str, port: int) -> socket.socket:
    """
    The port, or the next free one.

    :raises CommandRefused: there is none up to the last.
    """
    for candidate in range(port, _LAST_PORT + 1):
        try:
            return reserve(address, candidate)
        except PortTaken:
            continue
    raise CommandRefused(f"ไม่มีพอร์ตว่างตั้งแต่ {port} ขึ้นไป", f"No port from {port} upwards is free.")


def preload() -> None:
    """Import and build what a request needs, so that the copies share it."""
    get_resolver()._populate()  # the same lazily at the first request, in every copy
    get_template("base.html")
    for language in ("th", "en"):
        with translation.override(language):
            translation.gettext("Nayu")


def freeze() -> None:
    """The last of it, once the static files are gathered: ready to be copied."""
    import_module("nayu.project.wsgi")
    connections.close_all()
    gc.collect()
    # The collector would write its marks into every shared page.
    gc.freeze()


def serve(address: str, port: int) -> int:
    """Serve until told to stop. :returns: the exit code."""
    _count_anew()
    multiprocessing.set_start_method("fork", force=True)
    server = MPServer(
        "nayu.project.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.WEB_PROCESSES.number(),
        blocking_threads=env.WEB_THREADS.number(),
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=_LOG,
    )
    server.serve(target_loader=_application, wrap_loader=False)
    return 0


def _count_anew() -> None:
    # Each process leaves a file behind; those of ended servers would be counted for ever.
    for file in settings.METRICS_DIR.glob("*.db"):
        file.unlink()


def _application() -> Any:
    end_with_parent()
    return import_module("nayu.project.wsgi").application
