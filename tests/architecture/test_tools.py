"""The tools of `make check` and `make map`, and that they fail when they should."""

import sys
from pathlib import Path

import grimp
import pytest

from tools import check
from tools import map as house_map


def graph_of(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_the_map_counts_arrows_between_rooms_and_tells_the_others() -> None:
    arrows = house_map.arrows_of(
        graph_of(
            ("nayu.care.services", "nayu.people.api"),
            ("nayu.care.subscribers", "nayu.people.events"),
            ("nayu.care.services", "nayu.care.models"),
            ("nayu.care.models", "nayu.kernel.tenancy"),
            ("nayu.project.urls", "nayu.care.api"),
            ("nayu.care.tests.factories", "nayu.places.tests.factories"),
        )
    )
    assert house_map.counted(arrows) == [("care", "people")]
    page = house_map.drawing(arrows, ["care", "kernel", "people", "project"])
    assert "**1 of at most 60**" in page
    assert "    care --> people\n" in page
    assert "| care | people | api, events | yes |" in page
    assert "| project | care | api | no |" in page


def test_a_stale_map_fails_the_check_and_drawing_mends_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house_map, "FILE", tmp_path / "map.md")
    assert house_map.main(["--check"]) == 1
    assert "make map" in capsys.readouterr().out
    assert house_map.main([]) == 0
    assert house_map.main(["--check"]) == 0


def test_more_arrows_than_the_budget_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(house_map, "FILE", tmp_path / "map.md")
    monkeypatch.setattr(house_map, "BUDGET", -1)
    assert house_map.main([]) == 1


def test_the_check_runs_all_and_names_at_the_end_those_that_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = Path(sys.executable).name
    steps = {
        "first": (python, "-c", "print('why it failed'); raise SystemExit(3)"),
        "second": (python, "-c", "print('not worth telling')"),
        "third": (python, "-c", "raise SystemExit(1)"),
    }
    monkeypatch.setattr(check, "CHECKS", steps)
    assert check.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith(("ok", "FAIL"))] == [
        ["FAIL", "first"],
        ["ok", "second"],
        ["FAIL", "third"],
    ]
    assert "why it failed" in lines
    assert "not worth telling" not in lines
    assert lines[-1].startswith("Failed: first, third.")


def test_only_the_named_checks_run(monkeypatch: pytest.MonkeyPatch) -> None:
    python = Path(sys.executable).name
    monkeypatch.setattr(check, "CHECKS", {"a": (python, "-c", "1"), "b": ("never-there",)})
    assert check.main(["a"]) == 0


def test_a_check_that_does_not_exist_is_an_error() -> None:
    assert check.main(["tpyes"]) == 2
