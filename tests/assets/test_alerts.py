"""Somebody is told of a failed run, whatever becomes of the telling."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.alerts import alert
from assets.execution import execute
from assets.progress import NoProgress
from assets.settings import Settings, SettingsError, read_settings
from checks.result import CheckResult
from pipelines.crew import Crew
from warehouse import batches
from warehouse.home import Home

BROKEN = CheckResult(
    "events", "rows", "range", "critical", success=False, column="confidence", unexpected_count=2
)
KEPT = CheckResult("events", "rows", "not_null", "critical", success=True)


class Listener(HTTPServer):
    """A web address that keeps what it is told, and answers with a status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.told: list[dict[str, Any]] = []
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?token=hush"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(home: Home, settings: Settings, event: Any = "failed") -> None:
    alert(settings, home, event, "run-1", ["monday"], "it broke", [KEPT, BROKEN])


def test_a_web_address_is_told_what_failed_and_where(home: Home, listener: Listener) -> None:
    tell(home, Settings(alert_url=listener.url))
    (told,) = listener.told
    assert {name: told[name] for name in ("event", "run_id", "batches", "reason", "failed_check_count")} == {
        "event": "failed", "run_id": "run-1", "batches": ["monday"], "reason": "it broke", "failed_check_count": 1,
    }  # fmt: skip
    assert told["home"] == str(home.root)
    assert told["failed_checks"][0]["told"] == "events.confidence: range failed on 2 rows"


def test_a_command_reads_the_same_from_its_input_without_a_shell(home: Home, tmp_path: Path) -> None:
    script = tmp_path / "tell me.py"
    script.write_text("import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())")
    target = tmp_path / "a file; $(touch b)"
    tell(home, Settings(alert_command=f"'{sys.executable}' '{script}' '{target}'"))
    assert json.loads(target.read_text(encoding="utf-8"))["run_id"] == "run-1"
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("wanted", [False, True])
def test_warnings_are_told_only_where_somebody_asked(home: Home, listener: Listener, wanted: bool) -> None:
    tell(home, Settings(alert_url=listener.url, alert_on_warnings=wanted), "warnings")
    assert len(listener.told) == wanted


@pytest.mark.parametrize(
    "settings",
    [
        {"alert_url": "http://127.0.0.1:1/secret-path"},
        {"alert_command": "/no/such/program secret-path"},
        {"alert_command": f"{sys.executable} -c 'import sys; sys.exit(3)' secret-path"},
    ],
)
def test_a_message_that_cannot_be_delivered_is_logged_without_its_secrets(
    home: Home, settings: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        tell(home, Settings(**settings))  # type: ignore[arg-type]
    assert any(record.name == "communique.alerts" for record in caplog.records)
    assert "secret" not in caplog.text


def test_a_refusal_is_logged_with_its_status(
    home: Home, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    listener.status = 500
    tell(home, Settings(alert_url=listener.url))
    assert "refused by 127.0.0.1 with status 500" in caplog.text
    assert "hush" not in caplog.text


def test_an_address_that_is_none_is_told_when_settings_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_ALERT_URL", "file:///etc/passwd")
    with pytest.raises(SettingsError, match="COMMUNIQUE_ALERT_URL"):
        read_settings()


def spoilt(chunk: pa.Table) -> pa.Table:
    place = chunk.schema.get_field_index("confidence")
    return chunk.set_column(place, chunk.schema.field(place), pa.array([7.0] * chunk.num_rows))


def test_runs_through_dagster_tell_of_failure_and_leave_pages_about_their_checks(
    home: Home,
    inbox: Path,
    fakes: Any,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    external: Callable[[Path], list[str]],
) -> None:
    monkeypatch.setenv("COMMUNIQUE_ALERT_URL", listener.url)
    monkeypatch.setenv("COMMUNIQUE_ALERT_ON_WARNINGS", "true")
    batches.register(home, "inbox", [str(inbox)], replace=False)

    def run() -> str | None:
        return execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress()).reason

    fakes.spoilers["events"] = spoilt
    reason = run()
    assert reason is not None
    (told,) = listener.told
    assert (told["event"], told["batches"]) == ("failed", ["inbox"])
    assert told["reason"] in reason
    assert [check["column"] for check in told["failed_checks"]] == ["confidence"]
    assert "events" in (home.quality / "index.html").read_text(encoding="utf-8")

    fakes.spoilers.clear()
    assert run() is None
    assert [told["event"] for told in listener.told] == ["failed", "warnings"][: len(listener.told)]
    page = next((home.quality / "expectations").glob("events.html")).read_text(encoding="utf-8")
    assert "A probability lies between 0 and 1" in page
    assert external(home.quality) == []
