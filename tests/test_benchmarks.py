"""Every benchmark still runs and says what it promises; how fast is another matter."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.running import ROOT

pytestmark = pytest.mark.slow

KEYS = {
    "web": {"pages", "cpu_ratios", "scope_cost_us", "errors"},
    "choose": {"defaults", "tried"},
    "memory": {"idle_pss_mb", "loaded_pss_mb", "errors"},
    "start": {"serve_median_s", "demo_first_s", "demo_second_median_s"},
    "laos": {"create_one_median_ms", "create_all_s", "pages", "cpu_ratios_most_to_one", "errors"},
    "audit": {"plain_tx_per_s", "audited_median_tx_per_s", "chain_whole"},
}
ALWAYS = {"part", "at", "cores", "load_at_start", "load_at_end", "options", "limits", "holds"}
TINY = (
    *("--seconds", "1", "--rounds", "1", "--laos", "3"),
    *("--processes", "1", "--threads", "1"),
)


def benchmark(*words: str) -> subprocess.CompletedProcess[str]:
    ours = ("NAYU_", "DATABASE_URL", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *words],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
@pytest.mark.parametrize("part", KEYS)
def test_a_part_prints_what_it_promises_and_fails_only_by_its_limits(part: str) -> None:
    done = benchmark(part, *TINY)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert ALWAYS | KEYS[part] <= found.keys()
    assert found["part"] == part
    assert found.get("errors", 0) == 0
    assert done.returncode == (0 if found["holds"] else 1)


def test_a_part_that_does_not_exist_is_an_error() -> None:
    done = benchmark("wbe")
    assert done.returncode == 2
    assert "there is no part wbe" in done.stderr
