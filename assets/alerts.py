"""Telling somebody that a run failed, or ended with warnings: a webhook, a command, or both.

Whatever goes wrong with telling is logged and never takes the place of what the run has to say. Addresses and
commands may hold secrets: they appear in no log.
"""

from __future__ import annotations

import json
import logging
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from http.client import HTTPException
from typing import Any, Literal
from urllib.parse import urlsplit

from assets.settings import Settings
from checks.result import CheckResult
from warehouse.home import Home

_POST_SECONDS = 10
_COMMAND_SECONDS = 30
_MOST_CHECKS = 50
_LOG = logging.getLogger("communique.alerts")

Event = Literal["failed", "warnings"]


def alert(
    settings: Settings,
    home: Home,
    event: Event,
    run_id: str,
    batches: Sequence[str],
    reason: str,
    results: Iterable[CheckResult],
) -> None:
    """Tell of a run that failed, or of one that ended with warnings where those are asked for."""
    if event == "warnings" and not settings.alert_on_warnings:
        return
    if settings.alert_url is None and settings.alert_command is None:
        return
    body = json.dumps(_payload(home, event, run_id, batches, reason, results), ensure_ascii=False).encode()
    if settings.alert_url is not None:
        _post(settings.alert_url.get_secret_value(), body)
    if settings.alert_command is not None:
        _run(settings.alert_command.get_secret_value(), body)


def _payload(
    home: Home,
    event: Event,
    run_id: str,
    batches: Sequence[str],
    reason: str,
    results: Iterable[CheckResult],
) -> dict[str, Any]:
    failed = [result for result in results if not result.success]
    return {
        "event": event,
        "run_id": run_id,
        "batches": list(batches),
        "home": str(home.root),
        "reason": reason,
        "failed_checks": [_told(result) for result in failed[:_MOST_CHECKS]],
        "failed_check_count": len(failed),
    }


def _told(result: CheckResult) -> dict[str, Any]:
    return {
        "table": result.table,
        "batch": result.batch,
        "kind": result.kind,
        "expectation": result.expectation,
        "column": result.column,
        "severity": result.severity,
        "unexpected_count": result.unexpected_count,
        "quarantined_count": result.quarantined,
        "told": result.sentence(),
    }


def _post(url: str, body: bytes) -> None:
    host = urlsplit(url).hostname
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=_POST_SECONDS):
            pass
    except urllib.error.HTTPError as error:
        _LOG.warning("the alert was refused by %s with status %s", host, error.code)
    except (OSError, HTTPException, ValueError) as error:
        _LOG.warning("the alert could not be sent to %s: %s", host, type(error).__name__)


def _run(command: str, body: bytes) -> None:
    arguments = shlex.split(command)
    try:
        ended = subprocess.run(
            arguments, input=body, timeout=_COMMAND_SECONDS, capture_output=True, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _LOG.warning("the alert command %s could not be run: %s", arguments[0], type(error).__name__)
        return
    if ended.returncode:
        _LOG.warning("the alert command %s ended with status %s", arguments[0], ended.returncode)
