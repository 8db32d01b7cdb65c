"""``nayu demo``, from an empty folder to nothing left running."""

import json
import signal
import socket
from pathlib import Path

import pytest

from nayu.project.demo_laos import DEMO_LAOS
from tests.running import Demo, Running, free_port, get, nayu, start_demo, survivors, until

pytestmark = pytest.mark.slow


def test_each_lao_answers_on_its_own_host_through_the_address_it_gives(demo: Demo) -> None:
    assert [lao["host"] for lao in demo.found["laos"]] == [lao.host for lao in DEMO_LAOS]
    for lao in demo.found["laos"]:
        assert lao["address"] == "127.0.0.1"
        page = get(lao["port"], lao["host"])
        assert page.status == 200
        others = {other.name_th for other in DEMO_LAOS} - {lao["name_th"]}
        assert lao["name_th"] in page.text
        assert not [name for name in others if name in page.text]


def test_the_portal_lists_every_lao_with_its_address(demo: Demo) -> None:
    page = get(demo.port, "localhost")
    for lao in demo.found["laos"]:
        assert lao["name_th"] in page.text
        assert f'href="{lao["url"]}"' in page.text


def test_an_unknown_host_is_nobodys_page(demo: Demo) -> None:
    assert get(demo.port, "elsewhere.localhost").status == 404


def test_a_second_start_is_refused_in_a_sentence(demo: Demo) -> None:
    second = nayu("demo", data=demo.running.data)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert str(demo.running.pid) in second.stderr
    assert f"http://localhost:{demo.port}/" in second.stderr


def test_an_lao_can_be_added_while_it_runs(demo: Demo) -> None:
    words = ("--code", "05800108", "--name-th", "เทศบาลตำบลปากนคร")
    names = ("--name-en", "Pak Nakhon Tambon Municipality", "--host", "paknakhon.localhost")
    added = nayu("create-lao", *words, *names, data=demo.running.data)
    assert (added.returncode, added.stdout) == (0, "")
    until(
        lambda: "เทศบาลตำบลปากนคร" in get(demo.port, "paknakhon.localhost").text,
        "the new LAO answers",
    )

    again = nayu("create-lao", *words, *names, data=demo.running.data)
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1
    assert "มีท้องถิ่นอื่นในระบบนี้ใช้รหัสนี้แล้ว · Another local government" in again.stderr


def test_a_taken_port_moves_on_and_says_so(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        demo = start_demo(data, NAYU_PORT=str(port))
        with demo.running as running:
            assert demo.port > port
            assert f"Port {port} is in use, so this is {demo.port}." in running.said
            assert get(demo.port, "localhost").status == 200


def test_it_prints_one_json_object_and_nothing_else(data: Path) -> None:
    demo = start_demo(data)
    with demo.running as running:
        running.end(signal.SIGTERM)
        assert running.rest() == ""
    assert set(demo.found) >= {"laos", "portal", "pid"}
    assert demo.found["pid"] == running.pid


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_interrupting_leaves_nothing_running(data: Path, number: int) -> None:
    with start_demo(data).running as running:
        family = running.family()
        assert len(family) > 4
        assert running.end(number) == 0
        assert survivors(family) == []


def test_interrupting_the_first_set_up_leaves_nothing_running(tmp_path: Path) -> None:
    with Running("demo", data=tmp_path / "data") as running:
        lock = tmp_path / "data" / "postgres" / "postmaster.pid"
        until(lambda: lock.exists() and len(running.family()) > 2, "the database starts")
        family = running.family()
        assert running.end(signal.SIGINT) == 130
        assert survivors(family) == []
        assert "Traceback" not in running.said


def test_the_next_start_keeps_what_was_there(data: Path) -> None:
    before = json.loads((data / "secrets.json").read_text())
    demo = start_demo(data)
    with demo.running:
        assert get(demo.port, "pakphun.localhost").status == 200
    assert json.loads((data / "secrets.json").read_text()) == before
    assert (data / "secrets.json").stat().st_mode & 0o077 == 0


def test_lost_secrets_are_asked_back_instead_of_made_anew(data: Path) -> None:
    (data / "secrets.json").unlink()
    refused = nayu("demo", data=data)
    assert refused.returncode == 2
    assert "put its copy back first" in refused.stderr
    assert not (data / "secrets.json").exists()


def test_another_installation_on_the_same_port_is_never_joined(demo: Demo, data: Path) -> None:
    refused = nayu("serve", data=data, NAYU_PORT=str(demo.port))
    assert refused.returncode == 2
    assert f"Port {demo.port} is in use" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert free_port() != demo.port
