"""What Nayu says on the terminal: Thai first, then English, never on standard output."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class CommandRefused(Exception):
    """A command cannot go on; both sentences are for the person at the keyboard."""

    thai: str
    english: str

    def __str__(self) -> str:
        return f"{self.thai} · {self.english}"


def say(thai: str, english: str) -> None:
    # One write, so that lines of several processes do not mix.
    sys.stderr.write(f"{thai} · {english}\n")
    sys.stderr.flush()


@contextmanager
def step(thai: str, english: str) -> Iterator[None]:
    """One line a step, with the seconds it took, written when it is done."""
    begun = time.monotonic()
    yield
    say(f"{time.monotonic() - begun:6.1f} s  {thai}", english)
