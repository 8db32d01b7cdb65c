from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from nayu.doors.views.gallery import ROOMS
from nayu.kernel.components.icons import known_icons

pytestmark = pytest.mark.django_db
HOST = {"host": "pakphun.localhost"}
KERNEL = Path(__file__).resolve().parents[2] / "kernel"
COMPONENTS = KERNEL / "templates" / "kernel" / "components"


@pytest.fixture(autouse=True)
def built_files() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.mark.slow
def test_every_component_is_shown(client: Client) -> None:
    shown = set()
    for room in ROOMS:
        answers = [client.get(f"/_house/{room}/", headers=HOST)]
        if room == "forms":
            answers.append(client.post(f"/_house/{room}/", headers=HOST))
        for answer in answers:
            assert answer.status_code == 200
            shown |= {template.name for template in answer.templates}

    assert {f"kernel/components/{file.name}" for file in COMPONENTS.iterdir()} - shown == set()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/_house/", *[f"/_house/{room}/" for room in ROOMS]])
def test_outside_the_demonstration_there_is_no_gallery(client: Client, path: str) -> None:
    with override_settings(DEMO=False):
        assert client.get(path, headers=HOST).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/_house/attic/", "/theme/pink/", "/text-size/huge/"])
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path, headers=HOST).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    "back", ["https://casino.example/", "//casino.example", "/\\casino.example", "javascript:1", ""]
)
def test_a_choice_never_leads_away(client: Client, back: str) -> None:
    answer = client.get("/theme/dark/", {"back": back}, headers=HOST)
    assert answer.headers["Location"] == "/"
    assert answer.cookies["theme"].value == "dark"


@pytest.mark.slow
def test_a_cookie_that_makes_no_sense_counts_as_none(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    client.cookies["text"] = "huge"
    page = client.get("/_house/ground/", headers=HOST).text
    assert '<html lang="th" data-theme="auto" data-text="normal">' in page


def test_the_sprite_holds_exactly_the_listed_icons() -> None:
    sprite = (KERNEL / "static" / "dist" / "icons.svg").read_text()
    assert {part.split('"')[0] for part in sprite.split('<symbol id="')[1:]} == known_icons()
