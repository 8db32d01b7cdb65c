"""Writes the lock files: every version with its hashes, and no index, because mirrors differ."""

import subprocess
from pathlib import Path

_UV = Path(".cache/uv-env/bin/uv")
_FLAGS = (
    "--quiet",
    "--upgrade",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--universal",
    "--python-version=3.11",
)
_LOCKS = (
    ("requirements.lock", "pyproject.toml", ("--extra=build",)),
    ("requirements-dev.lock", "pyproject.toml", ("--all-extras",)),
    ("tools/uv.lock", "tools/uv.in", ()),
)


def main() -> None:
    for lock, source, extras in _LOCKS:
        command = [str(_UV), "pip", "compile", source, f"--output-file={lock}", *_FLAGS, *extras]
        subprocess.run(command, check=True)
        print(f"{lock}: {Path(lock).read_text().count('==')} packages")


if __name__ == "__main__":
    main()
