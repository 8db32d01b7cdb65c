"""Writes docs/settings.md from the settings themselves; ``--check`` only compares."""

import sys
from pathlib import Path

from nayu.project import env

_PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = """\
# การตั้งค่า · Settings

ทุกค่ามาจากตัวแปรสภาพแวดล้อม ตารางนี้สร้างจาก `src/nayu/project/env.py` โปรดแก้ที่นั่น

Every setting comes from the environment. This table is written from `src/nayu/project/env.py`;
change it there, then run `.venv/bin/python tools/settings_table.py`.

| name | default | secret | meaning |
|---|---|---|---|
"""


def table() -> str:
    rows = [
        f"| `{setting.name}` | {_default(setting)} | {'yes' if setting.secret else ''} "
        f"| {setting.meaning} |\n"
        for setting in sorted(env.ALL, key=lambda setting: setting.name)
    ]
    return _HEAD + "".join(rows)


def _default(setting: env.Setting) -> str:
    return f"`{setting.default}`" if setting.default else ""


def main() -> int:
    if sys.argv[1:] != ["--check"]:
        _PAGE.write_text(table())
    elif _PAGE.read_text() != table():
        print("docs/settings.md is out of date: .venv/bin/python tools/settings_table.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
