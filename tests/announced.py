"""What a test announced."""

import pytest

from nayu.kernel.events import announcing
from nayu.kernel.events.registry import Subscriber
from nayu.kernel.events.shapes import Event


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """
    The events of this test in their order, those without subscribers and those that were rolled
    back included; whether a rollback takes the jobs along is proven once, in the kernel's tests.
    """
    heard: list[Event] = []
    really_write = announcing.write

    def overhear(event: Event) -> dict[str, str | int | bool | None]:
        written = really_write(event)
        heard.append(event)
        return written

    monkeypatch.setattr(announcing, "write", overhear)
    return heard
