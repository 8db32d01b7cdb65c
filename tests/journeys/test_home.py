"""The first pages in a real browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.running import ROOT, Demo

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",  # root has none
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SCREENSHOTS = ROOT / "screenshots"
FIRST_LOAD_BYTES = 200_000
SIZES = {"phone": (360, 780), "desk": (1280, 900)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


class Visit:
    """A page, what was loaded for it, and what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.responses: list[Response] = []
        self.complaints: list[str] = []
        page.on("response", self._keep)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _keep(self, response: Response) -> None:
        self.responses.append(response)

    def go(self, url: str) -> None:
        self.page.goto(url, wait_until="networkidle")
        self.page.evaluate("document.fonts.ready")

    @property
    def loaded_bytes(self) -> int:
        sizes = [response.request.sizes() for response in self.responses]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(locale="th-TH", viewport={"width": 360, "height": 780})
    yield Visit(context.new_page())
    context.close()


def home_of(demo: Demo) -> str:
    return str(demo.found["laos"][0]["url"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["home", "portal"])
def test_the_page_fits_and_loads_only_from_here(
    demo: Demo, visit: Visit, size: str, scheme: str, which: str
) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.go(home_of(demo) if which == "home" else demo.found["portal"]["url"])

    SCREENSHOTS.mkdir(exist_ok=True)
    visit.page.screenshot(path=SCREENSHOTS / f"{which}-{width}-{scheme}.png", full_page=True)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.complaints == []
    assert {response.status for response in visit.responses} == {200}
    hosts = {urlsplit(response.url).hostname for response in visit.responses}
    assert len(hosts) == 1
    assert visit.loaded_bytes <= FIRST_LOAD_BYTES


def test_it_greets_in_thai_letters_of_its_own(demo: Demo, visit: Visit) -> None:
    visit.go(home_of(demo))
    assert visit.page.title() == "เทศบาลเมืองปากพูน · น่าอยู่"
    assert visit.page.locator("html").get_attribute("lang") == "th"
    assert visit.page.evaluate("document.fonts.check('16px \"Plex Thai Looped\"', 'น่าอยู่')")


def test_no_line_of_text_touches_the_next(demo: Demo, visit: Visit) -> None:
    visit.go(home_of(demo))
    tightest = visit.page.evaluate(
        # The letters that stand as a sign for larger text have no line above or below them.
        """Math.min(...[
            ...document.querySelectorAll("body *:not(.reading-letters *)")
        ].map((element) => {
            const style = getComputedStyle(element);
            return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        }).filter(Number.isFinite))"""
    )
    assert round(tightest, 2) >= 1.6


def test_the_language_is_switched_and_remembered_without_javascript(
    browser: Browser, demo: Demo
) -> None:
    context = browser.new_context(locale="th-TH", java_script_enabled=False)
    page = context.new_page()
    page.goto(home_of(demo))
    page.get_by_role("link", name="English").click()
    assert page.title() == "Pak Phun Town Municipality · Nayu"
    assert page.url == home_of(demo)
    page.goto(home_of(demo))
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="ไทย").click()
    assert page.locator("html").get_attribute("lang") == "th"
    context.close()


def test_from_the_portal_one_click_leads_home_and_another_back(demo: Demo, visit: Visit) -> None:
    visit.go(demo.found["portal"]["url"])
    visit.page.get_by_role("link", name="เทศบาลเมืองปากพูน").click()
    assert visit.page.url == home_of(demo)
    visit.page.get_by_role("link", name="ท้องถิ่นทั้งหมดในเครือข่ายนี้").click()
    assert visit.page.url == demo.found["portal"]["url"]


def test_no_template_carries_a_script_or_style_of_its_own() -> None:
    for template in (ROOT / "src").rglob("templates/**/*.html"):
        text = template.read_text()
        assert "<script>" not in text, template
        assert "<style" not in text, template
        assert " style=" not in text, template


def test_another_site_is_never_where_the_language_switch_leads(demo: Demo, visit: Visit) -> None:
    for back in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"):
        visit.go(f"{home_of(demo)}language/en/?back={back}")
        assert visit.page.url == home_of(demo)
