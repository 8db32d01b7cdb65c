"""The two shells: what a citizen and an officer stand in."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Enter

pytestmark = [pytest.mark.slow, pytest.mark.browser]
#: Bytes of everything that the first page of a first visit brings.
FIRST_LOAD = 200_000


@pytest.mark.parametrize("path", ["/", "/_house/citizen/"])
def test_the_first_visit_is_light(enter: Enter, path: str) -> None:
    visitor = enter()
    visitor.visit(path)

    assert 20_000 < visitor.transferred() <= FIRST_LOAD
    assert visitor.complaints == []
    assert visitor.away() == []


def test_light_letters_and_language_are_remembered_without_scripts(enter: Enter) -> None:
    visitor = enter(java_script_enabled=False)
    page = visitor.visit("/_house/citizen/")
    root = page.locator("html")

    for code, attribute in (("dark", "data-theme"), ("largest", "data-text"), ("en", "lang")):
        page.locator(".reading > summary").click()
        page.locator(f".reading-panel .choice-{code}").click()
        expect(root).to_have_attribute(attribute, code)

    visitor.visit("/_house/data/")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-text", "largest")
    expect(root).to_have_attribute("lang", "en")
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgb(18, 32, 30)"
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert float(size.removesuffix("px")) > 1.3 * 16


def test_reading_comfort_is_reached_by_key(enter: Enter) -> None:
    visitor = enter()
    page = visitor.visit("/_house/citizen/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.locator(".reading > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reading-panel")).to_be_visible()
    visitor.keep_picture("reading-360-light-th")
    assert visitor.violations() == []
    page.keyboard.press("Escape")
    expect(page.locator(".reading-panel")).to_be_hidden()


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_name_of_the_place_never_runs_under_its_neighbours(
    enter: Enter, size: str, width: int
) -> None:
    visitor = enter(width=width)
    visitor.visit(f"/text-size/{size}/")
    name = visitor.page.locator(".brand span").bounding_box()
    tools = visitor.page.locator(".tools").bounding_box()

    assert name is not None
    assert tools is not None
    beside = name["x"] + name["width"] <= tools["x"]
    below = name["y"] + name["height"] <= tools["y"]
    assert beside or below
    assert visitor.overflow() == 0


def test_the_places_of_the_citizen_lie_under_the_thumb(enter: Enter) -> None:
    page = enter().visit("/_house/citizen/")
    box = page.locator(".tab-bar").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] == 800
    expect(page.locator(".tab-bar [aria-current=page]")).to_have_count(1)


def test_the_desk_answers_to_keys(enter: Enter) -> None:
    page = enter(width=1280).visit("/_house/desk/")

    page.keyboard.press("/")
    search = page.locator("input[type=search]")
    expect(search).to_be_focused()
    page.keyboard.type("?/")
    expect(search).to_have_value("?/")

    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_on_a_phone_the_desk_opens_its_side_by_key_and_closes_it(enter: Enter) -> None:
    visitor = enter()
    page = visitor.visit("/_house/desk/")
    side = page.locator("#side")
    button = page.locator(".drawer-button")

    expect(side).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(side).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    visitor.keep_picture("desk-side-360-light-th")
    assert visitor.violations() == []
    page.keyboard.press("Escape")
    expect(side).to_be_hidden()
    expect(button).to_be_focused()


def test_on_a_phone_without_scripts_the_side_is_a_link_away(enter: Enter) -> None:
    page = enter(java_script_enabled=False).visit("/_house/desk/")

    expect(page.locator("#side")).to_be_hidden()
    page.locator(".drawer-button").click()
    expect(page.locator("#side")).to_be_visible()
    page.locator(".drawer-close").click()
    expect(page.locator("#side")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_page_and_the_portal_are_open_to_everyone(enter: Enter, width: int) -> None:
    visitor = enter(width=width)
    visitor.visit("/")
    visitor.keep_picture(f"first-page-{width}-light-th")
    assert visitor.violations() == []
    assert visitor.overflow() == 0

    visitor.base = visitor.base.replace("pakphun.localhost", "localhost")
    visitor.visit("/")
    visitor.keep_picture(f"portal-{width}-light-th")
    assert visitor.violations() == []
    assert visitor.overflow() == 0
