"""A write that is sent twice happens once."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from nayu.kernel.http.idempotency import REPLAYED, fresh_key
from nayu.kernel.http.models import GivenAnswer
from nayu.kernel.scope import scope
from tests.database import Laos, Server
from tests.room import views
from tests.room.shelves import count_shelves

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost", "accept-language": "en"}
WIANG_PHRAO = {"host": "wiangphrao.localhost"}
KEY = "key-of-one-form-shown"


def send(
    label: str, key: str = KEY, *, client: Client | None = None, **extra: object
) -> HttpResponse:
    client = client or Client(raise_request_exception=False)
    form = {"label": label, "idempotency_key": key, "csrfmiddlewaretoken": fresh_key(), **extra}
    answer = client.post("/send/", form, headers=PAK_PHUN)
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_second_sending_gets_the_same_answer_and_makes_no_row(laos: Laos) -> None:
    first, second = send("once"), send("once")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert REPLAYED not in first
    assert second[REPLAYED] == "true"
    assert count_shelves(laos.pak_phun, "once") == 1


def test_json_is_given_again_word_for_word(laos: Laos) -> None:
    first, second = send("json"), send("json")
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Content-Type"] == first["Content-Type"]
    assert count_shelves(laos.pak_phun, "json") == 1


def test_machines_send_the_key_as_a_header(laos: Laos) -> None:
    headers = {**PAK_PHUN, "idempotency-key": KEY}
    answers = [Client().post("/send/", {"label": "api"}, headers=headers) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert count_shelves(laos.pak_phun, "api") == 1


def test_another_body_with_the_same_key_is_refused_with_a_sentence(laos: Laos) -> None:
    send("first")
    answer = send("second")
    assert answer.status_code == 409
    assert "sent before with other content" in answer.text
    assert count_shelves(laos.pak_phun, "second") == 0


def test_another_file_with_the_same_key_is_refused(laos: Laos) -> None:
    photos = [SimpleUploadedFile("p.jpg", content) for content in (b"one", b"one", b"two")]
    assert [send("photo", photo=photo).status_code for photo in photos] == [302, 302, 409]
    assert count_shelves(laos.pak_phun, "photoone") == 1


def test_another_visitor_with_the_same_key_is_refused(laos: Laos) -> None:
    del laos
    somebody, somebody_else = Client(), Client()
    somebody.cookies["csrftoken"] = "a" * 32
    somebody_else.cookies["csrftoken"] = "b" * 32
    assert send("mine", client=somebody).status_code == 302
    assert send("mine", client=somebody).status_code == 302
    assert send("mine", client=somebody_else).status_code == 409


def test_the_same_key_at_another_lao_is_another_write(laos: Laos) -> None:
    form = {"label": "both", "idempotency_key": KEY}
    for headers in (PAK_PHUN, WIANG_PHRAO):
        assert REPLAYED not in Client().post("/send/", form, headers=headers)
    assert count_shelves(laos.pak_phun, "both") == count_shelves(laos.wiang_phrao, "both") == 1


def test_a_corrected_form_can_be_sent_with_the_same_key(laos: Laos) -> None:
    assert send("").status_code == 200
    assert send("corrected").status_code == 302
    assert count_shelves(laos.pak_phun, "corrected") == 1


def test_a_write_that_broke_can_be_tried_again(laos: Laos) -> None:
    assert [send("bug").status_code for _ in range(2)] == [500, 500]
    with scope(laos.pak_phun), transaction.atomic():
        assert not GivenAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "x" * 201])
def test_a_write_without_a_proper_key_is_refused(laos: Laos, key: str) -> None:
    assert send("keyless", key=key).status_code == 400
    assert count_shelves(laos.pak_phun, "keyless") == 0


def test_the_form_carries_a_fresh_key_each_time(client: Client, laos: Laos) -> None:
    del laos
    pages = {
        client.get("/form/", headers=PAK_PHUN).text.split("idempotency_key")[1][:40] for _ in "ab"
    }
    assert len(pages) == 2


def test_no_page_is_kept(laos: Laos) -> None:
    send("kept")
    with scope(laos.pak_phun), transaction.atomic():
        answer = GivenAnswer.objects.get()
    assert (answer.status, answer.json) == (302, "")
    assert KEY not in answer.key


@pytest.fixture
def slow_first(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The write under way ends only when another one waits for it."""

    def until_another_waits() -> None:
        with psycopg.connect(server.admin_url, autocommit=True) as admin:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                waiting = admin.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone()
                if waiting:
                    return
                time.sleep(0.005)
        raise AssertionError("nobody waited")

    monkeypatch.setattr(views, "in_the_middle", until_another_waits)


@pytest.mark.slow
@pytest.mark.usefixtures("slow_first")
def test_two_at_the_same_moment_make_one_row_and_get_one_answer(laos: Laos) -> None:
    def one(_: int) -> HttpResponse:
        try:
            return send("together")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(one, range(2)))

    assert answers[0]["Location"] == answers[1]["Location"]
    assert [REPLAYED in answer for answer in answers].count(True) == 1
    assert count_shelves(laos.pak_phun, "together") == 1
