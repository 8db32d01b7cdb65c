"""``docs/settings.md`` says what the environment can say."""

import subprocess
import sys
from pathlib import Path

import pytest

from nayu.project import env

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_table_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools/settings_table.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_setting_stands_in_it_once_with_its_sentence() -> None:
    lines = (ROOT / "docs/settings.md").read_text().splitlines()
    for setting in env.ALL:
        (line,) = [line for line in lines if line.startswith(f"| `{setting.name}` |")]
        assert setting.meaning in line


def test_no_secret_has_a_default() -> None:
    assert not [setting.name for setting in env.ALL if setting.secret and setting.default]
