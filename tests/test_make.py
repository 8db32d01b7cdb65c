"""``make``, the first word a stranger types."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.running import PATIENCE, ROOT, survivors

VERBS = ("demo", "test", "check", "chaos", "bench", "map")


def test_make_alone_lists_its_verbs_in_thai_and_english() -> None:
    # Not as the child of the make that runs these tests, which would have it tell its folder.
    told = subprocess.run(
        ["/usr/bin/make"], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    lines = told.stdout.splitlines()
    assert [line.split()[1] for line in lines] == list(VERBS)
    assert all(re.search("[ก-๙]{3,}.* · .*[a-z]{3,}", line) for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopping_make_alone_stops_what_it_started(tmp_path: Path, number: int) -> None:
    started = (
        "import sys, bootstrap; "
        "sys.exit(bootstrap.run_until_told(['/bin/sleep', '600'], bootstrap.Make()))"
    )
    (tmp_path / "Makefile").write_text(f'all:\n\t@exec {sys.executable} -c "{started}"\n')
    with subprocess.Popen(
        ["/usr/bin/make"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "tools")},
        stderr=subprocess.PIPE,
        text=True,
    ) as make:
        assert make.stderr is not None, "opened as a pipe"
        assert "everything is in place" in make.stderr.readline()
        parent = psutil.Process(make.pid)
        while not any("sleep" in child.name() for child in parent.children(recursive=True)):
            assert make.poll() is None
        family = parent.children(recursive=True)
        make.send_signal(number)
        make.wait(PATIENCE)
        assert survivors(family) == []
