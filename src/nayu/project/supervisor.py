"""
Keeps a few processes alive together, and ends them together.

A part that ends is started again, with growing pauses while it keeps failing. A signal to stop
ends the parts one after the other, last started first; a second one stops being polite.
"""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from typing import Protocol

from nayu.project.postgres import DatabaseDidNotStart, EmbeddedPostgres
from nayu.project.processes import fork
from nayu.project.terminal import say

STOP = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
#: A part that lived this long had no bad start; its next pause is short again.
_SETTLED_SECONDS = 60.0


class Part(Protocol):
    """A process that shall live as long as the supervisor."""

    name: str
    #: Seconds it may take to end by itself.
    patience: float

    def start(self) -> None: ...

    def has_ended(self) -> bool: ...

    def ask_to_end(self) -> None: ...

    def end_now(self) -> None:
        """Returns when nothing of it is left."""


@dataclass(slots=True)
class Forked:
    """A part that runs Python code of ours in a copy of this process."""

    name: str
    body: Callable[[], int]
    patience: float
    process: ForkProcess | None = None

    def start(self) -> None:
        self.process = fork(self.name, self.body)

    def has_ended(self) -> bool:
        return self.process is None or not self.process.is_alive()

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def end_now(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()


@dataclass(slots=True)
class Database:
    """The embedded server, which was started before the supervisor."""

    server: EmbeddedPostgres
    name: str = "database"
    patience: float = 30.0

    def start(self) -> None:
        try:
            self.server.start()
        except DatabaseDidNotStart as error:
            # After a kill its own children hold the shared memory for a moment; the next try is
            # planned as for any part that ended.
            say("ฐานข้อมูลยังเริ่มไม่ได้", f"The database did not start yet: {error}")

    def has_ended(self) -> bool:
        return self.server.has_ended

    def ask_to_end(self) -> None:
        self.server.ask_to_end()

    def end_now(self) -> None:
        self.server.stop()


@dataclass(slots=True)
class _Watched:
    part: Part
    started_at: float = field(default_factory=time.monotonic)
    pause: float = _FIRST_PAUSE_SECONDS
    #: When to start it again; ``None`` while it runs.
    due_at: float | None = None

    def look(self, now: float) -> None:
        if self.due_at is None:
            if self.part.has_ended():
                self._plan_restart(now)
        elif now >= self.due_at:
            self.part.start()
            self.started_at, self.due_at = now, None

    def _plan_restart(self, now: float) -> None:
        if now - self.started_at > _SETTLED_SECONDS:
            self.pause = _FIRST_PAUSE_SECONDS
        say(
            f"ส่วน {self.part.name} หยุดเอง จะเริ่มใหม่ในอีก {self.pause:g} วินาที",
            f"The {self.part.name} has ended by itself; it starts again in {self.pause:g} s.",
        )
        self.due_at = now + self.pause
        self.pause = min(self.pause * 2, _LONGEST_PAUSE_SECONDS)


class Supervisor:
    """Parts are given in the order in which each needs the ones before it."""

    def __init__(self) -> None:
        self._watched: list[_Watched] = []
        # Blocked signals wait for us to ask, so none is lost between two looks.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})

    def adopt(self, part: Part) -> None:
        """Watch a part that runs already."""
        self._watched.append(_Watched(part))

    def start(self, part: Part) -> None:
        part.start()
        self.adopt(part)

    def run(self) -> None:
        """Returns when it was told to stop and nothing is left running."""
        while self._wait(self._next_look()) not in STOP:
            now = time.monotonic()
            for watched in self._watched:
                watched.look(now)

    def stop(self) -> None:
        hurried = False
        for watched in reversed(self._watched):
            hurried = self._end(watched.part, hurried=hurried)
        self._watched.clear()

    def _end(self, part: Part, *, hurried: bool) -> bool:
        """:returns: whether somebody lost patience meanwhile."""
        part.ask_to_end()
        deadline = time.monotonic() + part.patience
        while not hurried and not part.has_ended() and time.monotonic() < deadline:
            hurried = self._wait(deadline - time.monotonic()) in STOP
        part.end_now()
        return hurried

    def _next_look(self) -> float:
        """Seconds until a part is due; without one, any change of a child wakes us."""
        due = [watched.due_at for watched in self._watched if watched.due_at is not None]
        return max(0.0, min(due) - time.monotonic()) if due else _SETTLED_SECONDS

    def _wait(self, seconds: float) -> int | None:
        told = signal.sigtimedwait(STOP | {signal.SIGCHLD}, max(0.0, seconds))
        return None if told is None else told.si_signo
