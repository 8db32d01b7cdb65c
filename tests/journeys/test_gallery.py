"""The design system before a browser: whole, readable by everyone, and usable by key alone."""

import pytest
from playwright.sync_api import expect

from nayu.doors.views.gallery import ROOMS
from tests.journeys.conftest import Enter, Theme

pytestmark = [pytest.mark.slow, pytest.mark.browser]
THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_whole_and_open_to_everyone(enter: Enter, room: str, width: int) -> None:
    visitor = enter(width=width)
    page = visitor.visit(f"/_house/{room}/")

    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        visitor.keep_picture(f"house-{room}-{width}-{theme}-th")
        assert visitor.violations() == []
    assert visitor.overflow() == 0
    assert visitor.complaints == []
    assert visitor.away() == []


@pytest.mark.parametrize("room", ROOMS)
def test_english_fits_too(enter: Enter, room: str) -> None:
    visitor = enter(language="en")
    visitor.visit(f"/_house/{room}/")

    visitor.keep_picture(f"house-{room}-360-light-en")
    assert visitor.overflow() == 0


@pytest.mark.parametrize("width", [360, 640])
@pytest.mark.parametrize("room", ROOMS)
def test_twice_as_large_nothing_runs_out_of_the_page(enter: Enter, room: str, width: int) -> None:
    # A window of 1280 px at 200 % shows 640; the largest letters come on top.
    visitor = enter(width=width)
    visitor.visit("/text-size/largest/")
    visitor.visit(f"/_house/{room}/")

    visitor.keep_picture(f"house-{room}-{width}-largest-th")
    assert visitor.overflow() == 0


@pytest.mark.parametrize("room", ["data", "citizen", "desk"])
def test_on_paper_there_is_nothing_to_press(enter: Enter, room: str) -> None:
    visitor = enter(width=800, theme="dark")
    page = visitor.visit(f"/_house/{room}/")
    page.emulate_media(media="print")

    visitor.keep_picture(f"house-{room}-paper-th")
    for pressed in page.locator("button, .button, .tab-bar, .tools, .desk-side").all():
        expect(pressed).to_be_hidden()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


@pytest.mark.parametrize("room", ROOMS)
def test_everything_that_is_pressed_is_large_enough_for_a_thumb(enter: Enter, room: str) -> None:
    page = enter().visit(f"/_house/{room}/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, label.option, input")]
          .filter((pressed) => pressed.checkVisibility({visibilityProperty: true}))
          .filter((pressed) => !pressed.closest("label.option") || pressed.matches("label"))
          .filter((pressed) => !pressed.matches(".skip-link, .card-link a"))
          .filter((pressed) => {
            const {width, height} = pressed.getBoundingClientRect();
            return width < 44 || height < 44;
          })
          .map((pressed) => pressed.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_a_dialog_is_opened_used_and_left_by_key(enter: Enter) -> None:
    page = enter(width=1280).visit("/_house/actions/")
    opener = page.locator("a[href='#closing']")
    dialog = page.locator("#closing")

    opener.focus()
    page.keyboard.press("Space")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "closing"

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_menu_is_walked_by_arrows_and_left_by_escape(enter: Enter) -> None:
    page = enter(width=1280).visit("/_house/actions/")
    summary = page.locator("main .menu > summary")
    items = page.locator("main .menu-item")

    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.first).to_be_hidden()
    expect(summary).to_be_focused()


def test_tabs_are_walked_by_arrows(enter: Enter) -> None:
    page = enter(width=1280).visit("/_house/ways/")
    first, second, last = page.get_by_role("tab").all()

    first.focus()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    expect(page.locator("#happened")).to_be_visible()
    expect(page.locator("#short")).to_be_hidden()
    page.keyboard.press("End")
    expect(last).to_have_attribute("aria-selected", "true")


def test_without_scripts_tabs_are_links_and_a_dialog_stands_in_the_page(enter: Enter) -> None:
    visitor = enter(java_script_enabled=False)
    page = visitor.visit("/_house/ways/")
    expect(page.locator("#papers")).to_be_visible()

    page = visitor.visit("/_house/actions/")
    page.locator("a[href='#closing']").click()
    expect(page.locator("#closing")).to_be_visible()


def test_a_toast_stays_until_it_is_closed(enter: Enter) -> None:
    page = enter().visit("/_house/actions/")
    toasts = page.locator(".toast:visible")

    page.evaluate(
        "document.dispatchEvent(new CustomEvent('toast', {detail: {text: 'ใหม่', tone: 'info'}}))"
    )
    expect(toasts).to_have_count(3)
    toasts.last.get_by_role("button").click()
    expect(toasts).to_have_count(2)


def test_a_refused_form_says_where_and_leads_there(enter: Enter) -> None:
    visitor = enter()
    page = visitor.visit("/_house/forms/")
    page.locator("textarea").fill("ก" * 10)
    expect(page.locator(".count")).to_contain_text("490")

    page.locator("form .button-wide").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.locator("a[href='#id_day_day']").click()
    expect(page.locator("#id_day_day")).to_be_focused()
    described = page.locator("#id_name").get_attribute("aria-describedby") or ""
    expect(page.locator(f"#{described.split()[0]}")).to_be_visible()
    visitor.keep_picture("house-forms-refused-360-light-th")
    assert visitor.violations() == []


def test_a_chosen_picture_is_shown_before_it_is_sent(enter: Enter) -> None:
    visitor = enter()
    page = visitor.visit("/_house/forms/")
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "08d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "ถนน.png", "mimeType": "image/png", "buffer": pixel}
    )

    expect(page.locator(".preview")).to_contain_text("ถนน.png")
    expect(page.locator(".preview img")).to_be_visible()
    assert visitor.complaints == []


def test_a_map_is_loaded_only_where_it_is_and_can_be_asked_by_key(enter: Enter) -> None:
    visitor = enter()
    visitor.visit("/_house/ways/")
    assert not any("map-drawing" in request.url for request in visitor.requests)

    page = visitor.visit("/_house/pictures/")
    page.wait_for_selector("[data-drawn]")
    page.locator(".map-point button").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_visible()
    assert visitor.complaints == []


@pytest.mark.parametrize("room", ["actions", "forms", "citizen"])
def test_forced_colours_leave_nothing_unseen(enter: Enter, room: str) -> None:
    visitor = enter(forced_colors="active")
    visitor.visit(f"/_house/{room}/")

    visitor.keep_picture(f"house-{room}-360-forced-th")
    assert visitor.violations() == []
