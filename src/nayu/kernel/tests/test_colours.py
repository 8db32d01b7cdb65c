"""Every pair of colours that lie on each other can be read, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[4] / "frontend" / "css" / "tokens.css"
_PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_GROUNDS = ("paper", "surface", "sunk", "sky")
#: WCAG 2.2: letters, and the edges of what is pressed.
LETTERS, EDGES = 4.5, 3.0

READ = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "leaf") for ground in _GROUNDS],
    *[("alarm", ground) for ground in ("paper", "surface", "alarm-soft", "leaf-soft")],
    *[(tone, f"{tone}-soft") for tone in ("leaf", "clay", "info", "success", "alarm", "plum")],
    *[(tone, ground) for tone in ("clay", "info", "success") for ground in ("paper", "surface")],
    ("marigold-ink", "marigold-soft"),
    ("leaf-strong", "leaf-soft"),
    ("leaf-strong", "surface"),
    ("ink", "leaf-soft"),
    *[("ink", f"{tone}-soft") for tone in ("marigold", "info", "success", "alarm")],
    ("on-leaf", "leaf"),
    ("on-leaf", "leaf-strong"),
    ("on-alarm", "alarm"),
]
SEEN = [(edge, ground) for edge in ("focus", "line-strong", "leaf") for ground in _GROUNDS]


def _tokens(theme: int) -> dict[str, str]:
    return {name: pair[theme] for name, *pair in _PAIR.findall(TOKENS.read_text())}


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(READ, LETTERS), (SEEN, EDGES)], ids=["letters", "edges"]
)
def test_every_pair_has_its_contrast(
    theme: int, pairs: list[tuple[str, str]], least: float
) -> None:
    tokens = _tokens(theme)
    found = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}
