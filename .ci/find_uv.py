"""Print the path of a usable uv: the one on PATH, one set up here before, or a fresh one from the package index.

Standard library only: this runs before anything of the project is installed. Tries, in this order, uv on PATH,
``.uv/`` in the project's root, a virtual environment with pip, and (where Debian left both out of
Python) uv's wheel itself, unpacked.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / ".uv"
OLDEST = (0, 9)
INDEX = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"


def is_usable(path: Path | str | None) -> bool:
    """Whether there is a uv of a version that understands the lock file."""
    if path is None or not Path(path).is_file():
        return False
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"uv (\d+)\.(\d+)", said.stdout)
    return bool(found) and tuple(map(int, found.groups())) >= OLDEST


def by_pip() -> Path | None:
    """Set up uv with pip in an environment of its own; None where Python came without venv or pip."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(HERE)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(HERE, ignore_errors=True)
        return None
    install = [str(HERE / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv>=0.9"]
    subprocess.run(install, check=True, stdout=sys.stderr)
    return HERE / "bin" / "uv"


def by_wheel() -> Path:
    """Unpack uv from its wheel on the package index, checked against the index's hash."""
    page = f"{INDEX.rstrip('/')}/uv/"
    with urllib.request.urlopen(page, timeout=180) as answer:
        listing = answer.read().decode()
    wanted = re.compile(rf"uv-[\d.]+-py3-none-manylinux[\w.]*_{platform.machine()}[\w.]*\.whl")
    links = [link for link in re.findall(r'href="([^"]+)"', listing) if wanted.search(link)]
    if not links:
        raise SystemExit(f"no uv for {platform.machine()} on the package index; install uv and try again")
    link = urllib.parse.urljoin(page, links[-1].replace("&amp;", "&"))
    HERE.mkdir(exist_ok=True)
    wheel = HERE / "uv.whl"
    with urllib.request.urlopen(link, timeout=180) as answer:
        wheel.write_bytes(answer.read())
    expected = re.search(r"sha256=([0-9a-f]{64})", link)
    if expected and hashlib.sha256(wheel.read_bytes()).hexdigest() != expected.group(1):
        raise SystemExit("the uv wheel does not match the hash on the package index; try again")
    with zipfile.ZipFile(wheel) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        target = HERE / "uv"
        target.write_bytes(archive.read(member))
    target.chmod(0o755)
    wheel.unlink()
    return target


def main() -> None:
    """Print the path, or end with one line that says what is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever calls make may have an older one
        raise SystemExit(f"Python 3.11 or newer is needed; this is {platform.python_version()}")
    for known in (shutil.which("uv"), HERE / "bin" / "uv", HERE / "uv"):
        if is_usable(known):
            print(known)  # noqa: T201
            return
    print(by_pip() or by_wheel())  # noqa: T201


if __name__ == "__main__":
    main()
