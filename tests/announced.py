"""What a test announced."""

import pytest
from procrastinate.types import JSONDict

from nayu.kernel.events.shapes import Event, write


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """
    The events of this test in their order, those without subscribers and those that were rolled
    back included; whether a rollback takes the jobs along is proven once, in the kernel's tests.
    """
    heard: list[Event] = []

    def overhear(event: Event) -> JSONDict:
        written = write(event)
        heard.append(event)
        return written

    monkeypatch.setattr("nayu.kernel.events.announcing.write", overhear)
    return heard
