"""What machines that watch over us are told, and what browsers are told about every answer."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client, override_settings

from nayu.kernel import events
from nayu.kernel.scope import scope
from tests.database import Laos
from tests.room.events import ShelfWanted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.room.urls")]

PAK_PHUN = {"host": "pakphun.localhost"}
TOKEN = {"host": "any", "authorization": "Bearer only-for-tests"}


@pytest.mark.parametrize("host", ["pakphun.localhost", "nowhere", "10.0.0.7:8000"])
@pytest.mark.parametrize("probe", ["live", "ready"])
def test_health_is_answered_at_any_host(client: Client, laos: Laos, host: str, probe: str) -> None:
    del laos
    answer = client.get(f"/health/{probe}", headers={"host": host})
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_without_a_database_the_process_lives_but_is_not_ready(
    client: Client, laos: Laos, monkeypatch: pytest.MonkeyPatch
) -> None:
    del laos
    connections["apart"].close()
    monkeypatch.setitem(connections["apart"].settings_dict, "PASSWORD", "wrong")
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json()["checks"] == {"database": False, "migrations": False, "disk": True}


def test_a_migration_that_is_missing_means_not_ready(client: Client, laos: Laos) -> None:
    del laos
    with connections["owner"].cursor() as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'kernel'")
    connections["owner"].close()
    checks = client.get("/health/ready").json()["checks"]
    assert checks == {"database": True, "migrations": False, "disk": True}


def test_a_full_disk_means_not_ready(
    client: Client, laos: Laos, monkeypatch: pytest.MonkeyPatch
) -> None:
    del laos
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 0))
    assert not client.get("/health/ready").json()["checks"]["disk"]


def test_metrics_are_for_the_holder_of_the_token(client: Client, laos: Laos) -> None:
    del laos
    assert client.get("/metrics").status_code == 401
    wrong = client.get("/metrics", headers={"authorization": "Bearer guess"})
    assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/metrics", headers=TOKEN).status_code == 200
    with override_settings(METRICS_TOKEN=None):
        assert client.get("/metrics", headers=TOKEN).status_code == 404


def test_metrics_count_by_name_of_view_and_carry_no_path_and_no_person(laos: Laos) -> None:
    del laos
    client = Client(raise_request_exception=False)
    for path in (
        "plain/?q=สมหญิง",
        "write/refused/",
        "write/statement/",
        "knock/",
        "สมหญิง/0812345678/",
    ):
        client.get(f"/{path}", headers=PAK_PHUN)
    page = client.get("/metrics", headers=TOKEN).text
    for line in (
        'nayu_requests_total{status="2xx",view="plain"}',
        'nayu_requests_total{status="4xx",view="none"}',
        'nayu_request_seconds_bucket{le="0.1",view="plain"}',
        'nayu_refusals_total{kind="ShelfIsFull"}',
        'nayu_database_errors_total{kind="ProgrammingError"}',
        'nayu_rate_limit_hits_total{outcome="counted",rule="room.knock"}',
    ):
        assert line in page
    assert "สมหญิง" not in page
    assert "0812345678" not in page


def test_metrics_say_how_the_queue_and_the_disk_are(client: Client, laos: Laos) -> None:
    for label in "ab":
        with scope(laos.pak_phun), transaction.atomic():
            events.announce(ShelfWanted(laos.pak_phun, label))
    page = client.get("/metrics", headers=TOKEN).text
    assert 'nayu_jobs{state="todo"} 2.0' in page
    assert 'nayu_jobs{state="failed"} 0.0' in page
    assert re.search("^nayu_oldest_job_seconds (0[.]0*)?[1-9]", page, re.MULTILINE)
    assert re.search("^nayu_disk_free_bytes [1-9]", page, re.MULTILINE)
    assert "nayu_database_up 1.0" in page


def test_metrics_come_even_without_a_database(
    client: Client, laos: Laos, monkeypatch: pytest.MonkeyPatch
) -> None:
    del laos
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "PASSWORD", "wrong")
    page = client.get("/metrics", headers=TOKEN)
    assert page.status_code == 200
    assert "nayu_database_up 0.0" in page.text
    assert "nayu_disk_free_bytes" in page.text
    assert "nayu_jobs" not in page.text


@pytest.mark.slow
def test_metrics_of_several_processes_are_added_up(tmp_path: Path) -> None:
    count = "from nayu.kernel.http.metrics import refusals; refusals.labels('Sum').inc()"
    show = (
        "from nayu.kernel.http.metrics import page; from django.test import RequestFactory as F; "
    )
    show += "print(page(F().get('/', headers={'authorization': 'Bearer t'})).text)"
    said = ""
    for what in (count, count, show):
        said = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {what}"],
            env={**os.environ, "NAYU_DATA_DIR": str(tmp_path), "NAYU_METRICS_TOKEN": "t"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    assert 'nayu_refusals_total{kind="Sum"} 2.0' in said


@pytest.fixture
def style_sheet() -> str:
    folder = Path(settings.STATIC_ROOT) / "kernel"
    folder.mkdir(exist_ok=True)
    (folder / "problem.css").write_text("body { margin: 0 }")
    return "/static/kernel/problem.css"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/plain/", PAK_PHUN, 200),
        ("/write/bug/", PAK_PHUN, 500),
        ("/write/refused/", PAK_PHUN, 409),
        ("/plain/", {"host": "nowhere"}, 404),
        ("/plain/", {"host": "a b"}, 400),
        ("/health/live", PAK_PHUN, 200),
        ("style sheet", PAK_PHUN, 200),
    ],
)
def test_every_answer_carries_the_security_headers(
    laos: Laos, style_sheet: str, path: str, headers: dict[str, str], status: int
) -> None:
    del laos
    path = style_sheet if path == "style sheet" else path
    answer = Client(raise_request_exception=False).get(path, headers=headers)
    answer.close()
    assert answer.status_code == status
    rules = answer["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in rules
    assert "frame-ancestors 'none'" in rules
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
