"""Children that cannot outlive us."""

import ctypes
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

_PR_SET_PDEATHSIG = 1
_fork = get_context("fork")


def end_with_parent() -> None:
    """The kernel kills this process when its parent ends, however the parent ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def fork(name: str, body: Callable[[], int]) -> ForkProcess:
    """
    Run the body in a copy of this process: what is imported here is shared memory there.

    The child has its own process group, because Ctrl-C in a terminal is for its parent, which
    stops its children in order. The body's result is the exit code.
    """
    parent = os.getpid()

    def child() -> None:
        end_with_parent()
        if os.getppid() != parent:
            # It ended before the line above; nobody would tell us again.
            os._exit(1)
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        raise SystemExit(body())

    process = _fork.Process(target=child, name=name)
    process.start()
    return process
