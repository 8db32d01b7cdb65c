"""The pages that say no."""

import json
import logging
import re

import pytest
from django.db import connections
from django.test import Client, RequestFactory, override_settings

from nayu.kernel.http.problems import PROBLEMS, problem
from tests.database import Laos

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost", "accept-language": "en"}
ENDS = {"bug": 500, "refused": 409, "denied": 403, "rendering": 500, "statement": 500}


@pytest.fixture
def visitor(laos: Laos) -> Client:
    del laos
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", sorted(PROBLEMS))
def test_every_page_says_what_happened_and_what_to_do(rf: RequestFactory, status: int) -> None:
    page = problem(rf.get("/"), status)
    assert page.status_code == status
    assert "<h1>" in page.text
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("end", sorted(ENDS))
def test_nothing_of_the_inside_is_shown(visitor: Client, end: str) -> None:
    page = visitor.get(f"/write/{end}/", headers=PAK_PHUN)
    assert page.status_code == ENDS[end]
    assert not re.search("Traceback|RuntimeError|ความลับ|no_such_column|/write/", page.text)


def test_a_refusal_shows_its_own_sentence(visitor: Client) -> None:
    assert "The shelf is full." in visitor.get("/write/refused/", headers=PAK_PHUN).text


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json"])
def test_machines_get_problem_json(visitor: Client, accept: str) -> None:
    answer = visitor.get("/write/refused/", headers={**PAK_PHUN, "accept": accept})
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": str(PROBLEMS[409].title),
        "status": 409,
        "detail": "The shelf is full.",
    }


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "text/html, application/json;q=0.9", "garbage", "a/b;q=x", ",;/", "image/*"],
)
def test_everybody_else_gets_a_page(visitor: Client, accept: str) -> None:
    answer = visitor.get("/write/refused/", headers={**PAK_PHUN, "accept": accept})
    assert answer["Content-Type"].startswith("text/html")


def test_the_incident_number_on_the_page_stands_in_the_log(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor.get("/write/bug/", headers={**PAK_PHUN, "accept": "application/json"})
    incident = json.loads(answer.content)["incident"]
    (line,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert line.getMessage() == f"incident {incident}: GET write"
    assert line.exc_info


def test_an_empty_405_gets_its_page_and_keeps_its_header(visitor: Client) -> None:
    answer = visitor.get("/post-only/", headers=PAK_PHUN)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert str(PROBLEMS[405].title) in answer.text


def test_a_form_without_our_secret_is_explained(laos: Laos) -> None:
    del laos
    answer = Client(enforce_csrf_checks=True).post("/post-only/", headers=PAK_PHUN)
    assert answer.status_code == 403
    assert "open for too long" in answer.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["/plain/", "/late/", "/write/well/"])
def test_without_a_database_the_page_is_503_with_a_number(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "PASSWORD", "wrong")
    answer = visitor.get(page, headers=PAK_PHUN)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert re.search("<strong>[0-9A-Z]{4}-[0-9A-Z]{4}</strong>", answer.text)


def test_the_page_is_shown_even_without_templates(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    backend = "django.template.backends.django.DjangoTemplates"
    with override_settings(TEMPLATES=[{"BACKEND": backend}]):
        answer = visitor.get("/write/bug/", headers=PAK_PHUN)
    assert answer.status_code == 500
    assert str(PROBLEMS[500].title) in answer.text
    assert "cannot be rendered" in caplog.text


def test_the_language_is_the_readers_even_before_languages_are_chosen(rf: RequestFactory) -> None:
    assert '<html lang="th">' in problem(rf.get("/"), 404).text
    english = rf.get("/", headers={"accept-language": "en"})
    assert '<html lang="en">' in problem(english, 404).text
