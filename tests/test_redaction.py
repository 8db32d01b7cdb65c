"""Whatever breaks, the log names nobody and opens nothing."""

import logging
from io import StringIO

import pytest
from django.test import Client

from nayu.project.redaction import STRUCK, Redacting, redacted
from tests.database import Laos

PAK_PHUN = {"host": "pakphun.localhost"}

CANARIES = {
    "national id": "1234567890121",
    "national id with dashes": "1-2345-67890-12-3",
    "national id in Thai digits": "๑๒๓๔๕๖๗๘๙๐๑๒๑",
    "telephone": "0812345678",
    "telephone with dashes": "081-234-5678",
    "telephone with brackets": "(081) 234 5678",
    "telephone from abroad": "+66812345678",
    "landline": "02-123-4567",
    "mail": "somying.jaidee@pakphun.go.th",
    "mail in Thai": "สมหญิง@ปากพูน.ไทย",
    "session": "k2j5h8d1s9a0q7w3e6r4t5y8u2i1o9p0",
    "drawn key": "Hf9-x_AbC3dEfGhIjKlMn",
    "hex key": "9f86d081884c7d659a2feaa0c55ad015",
    "JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
}
#: Parts of a canary that would still tell who or what it is.
PIECES = [
    "1234567890",
    "2345",
    "67890",
    "๑๒๓๔",
    "5678",
    "4567",
    "somying",
    "สมหญิง",
    "h8d1s9",
    "x_AbC",
    "d081",
    "eyJ",
    "dozj",
]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the root handler of the settings writes during the test."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, Redacting)]
    (handler,) = handlers
    assert isinstance(handler, logging.StreamHandler)
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


def assert_silent(said: str) -> None:
    assert [piece for piece in PIECES if piece in said] == []


@pytest.mark.django_db
@pytest.mark.urls("tests.room.urls")
@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_a_page_that_breaks_tells_the_log_of_nobody(laos: Laos, log: StringIO, canary: str) -> None:
    del laos
    client = Client(raise_request_exception=False)
    client.cookies["anything"] = "sessionid-" + canary.encode("ascii", "ignore").decode()
    answer = client.post(
        "/fail/",
        {"note": f"โทร {canary} นะคะ"},
        query_params={"title": canary, "q": canary},
        headers={**PAK_PHUN, "authorization": f"Bearer {canary}", "x-note": canary},
    )
    assert answer.status_code == 500
    said = log.getvalue()
    assert "Traceback" in said
    assert "ValueError" in said
    assert "UniqueViolation" in said
    assert_silent(said)


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_the_words_of_an_error_are_struck_out_wherever_they_stand(
    log: StringIO, canary: str
) -> None:
    try:
        int(canary + "x")
    except ValueError:
        logging.getLogger("anybody").exception("no %s and %r", canary, [canary], stack_info=True)
    assert_silent(log.getvalue())


@pytest.mark.parametrize(
    "secret",
    [
        "password=hunter2",
        "host=x password='hunter2 and more' dbname=y",
        '{"token": "hunter2"}',
        "Authorization: Bearer hunter2",
        "Cookie: hunter2",
        "NAYU_SECRET_KEY=hunter2",
        "duplicate key\nDETAIL:  Key (lao_id, title)=(1, hunter2) already exists.",
        "null value\nDETAIL:  Failing row contains (1, a\nhunter2, b).\nHINT:  none",
        "syntax error\nLINE 1: INSERT INTO t VALUES ('hunter2')\n          ^",
    ],
)
def test_what_is_called_a_secret_or_quoted_by_the_database_is_struck_out(secret: str) -> None:
    assert STRUCK in redacted(secret)
    assert "hunter2" not in redacted(secret)


@pytest.mark.parametrize(
    "useful",
    [
        "incident 7K3D-91QX: POST complaints:resolve",
        "row 0190a0a0-0000-7000-8000-000000000000 is gone since 2026-11-21 01:15:28.123",
        'File "/srv/nayu/src/nayu/kernel/http/transaction.py", line 1234, in _page_for',
        "kernel_givenanswer_key_once_for_every_lao procrastinate_fetch_job_v2",
        "The worker_that_cannot_note_how_a_job_ended_ends_itself",
        "12 stalled jobs: 10 wait again, 2 are given up on",
        "@transaction.atomic",
    ],
)
def test_what_finds_the_fault_stays(useful: str) -> None:
    assert redacted(useful) == useful


def test_other_handlers_see_the_record_as_it_was() -> None:
    record = logging.LogRecord("n", logging.ERROR, "p", 1, "call %s", ("0812345678",), None)
    assert STRUCK in Redacting().format(record)
    assert record.getMessage() == "call 0812345678"


@pytest.mark.parametrize("filling", ["a", "1", "a@", "- ", "DETAIL:", "token=", "๑ "])
def test_a_million_letters_do_not_hold_up_the_log(filling: str) -> None:
    # A pattern that looks at every pair of them would need hours.
    assert redacted(filling * (1_000_000 // len(filling)))
