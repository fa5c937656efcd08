"""`communique explore` serves until Ctrl-C, and says in one line why it cannot."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from assets.cli.explore import find_again
from tests.warehouse.explore import register
from warehouse.home import open_home

_MAIN = [sys.executable, "-c", "from assets.cli.app import main; main()"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = open_home(tmp_path / "home")
    register.write(made.published)
    return made.root


def refused(*arguments: str) -> str:
    done = subprocess.run(
        [*_MAIN, "explore", *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.slow
def test_it_prints_where_it_serves_and_ends_with_ctrl_c(home: Path) -> None:
    command = [*_MAIN, "explore", "--port", "0", "--home", str(home)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        with urlopen(found[0], timeout=60) as answer:
            assert b"Who did what to whom" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_a_taken_port_is_told_in_one_line(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port} cannot be used" in refused("--port", port, "--home", str(home))


def test_a_home_without_a_published_file_is_told_in_one_line(tmp_path: Path) -> None:
    open_home(tmp_path)
    assert "nothing is published" in refused("--home", str(tmp_path))


def test_dates_and_places_are_found_where_they_stand() -> None:
    text = "Envoys of Chile met in Oslo on 5 May 2024."
    found = find_again(text, None)
    assert [(text[start:end], edtf) for start, end, edtf in found.times] == [("5 May 2024", "2024-05-05")]
    assert ("Oslo", "Oslo") in [(text[start:end], name) for start, end, name in found.places]


def test_an_endless_sentence_is_not_searched() -> None:
    assert find_again("Oslo " * 10_000, None).places == ()
