"""What a run leaves for people when it ends, well or not: Data Docs of its checks, figures, and an alert.

All for runs from the command line and for runs of Dagster's daemon, since every step of either ends here. None of
them can make a run fail.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from assets.alerts import alert
from assets.metrics import write_metrics
from assets.settings import Settings
from assets.work import Work
from checks.result import CheckResult
from warehouse import runs

_DAY_SECONDS = 24 * 3600
_FAILED = ".not-all-met"
_LOG = logging.getLogger("communique.reports")


def report_failure(
    work: Work, settings: Settings, batches: Sequence[str], reason: str, results: Iterable[CheckResult] = ()
) -> None:
    """Tell of a run that has failed."""
    write_docs(work)
    _write_figures(work, settings)
    alert(settings, work.home, "failed", work.run_id, batches, reason, results)


def report_end(work: Work, settings: Settings, batches: Sequence[str]) -> None:
    """Tell of a run that has published."""
    warned = [row for row in runs.results_of(work.home, work.run_id).to_pylist() if not row["success"]]
    write_docs(work)
    _write_figures(work, settings)
    if warned:
        results = [
            CheckResult(
                row["table_name"], row["kind"], row["expectation"], row["severity"], success=False,
                reason=row["reason"], batch=row["batch"], column=row["column_name"], observed=row["observed"],
                unexpected_count=row["unexpected_count"], quarantined=row["quarantined_count"], error=row["error"],
            )
            for row in warned
        ]  # fmt: skip
        reason = f"published, with {len(warned)} checks not met"
        alert(settings, work.home, "warnings", work.run_id, batches, reason, results)


def write_docs(work: Work) -> None:
    """Write the Data Docs of a run that has checked something; what keeps them from it is logged.

    They cost more than the checks of a small batch: where everything was met, those of the last day will do.
    """
    results = runs.results_of(work.home, work.run_id)
    record = runs.read(work.home, work.run_id)
    if not results.num_rows or record is None:
        return
    if all(results.column("success").to_pylist()) and _are_recent(work.home.quality / "index.html"):
        return
    from checks.data_docs import write_data_docs  # brings Great Expectations, which is there by now

    try:
        page = write_data_docs(
            results, work.home.quality, work.run_id, datetime.fromisoformat(record.started_at)
        )
        if not all(results.column("success").to_pylist()):
            (page.parent / _FAILED).touch()
    except OSError as error:
        _LOG.warning("the pages about checks could not be written: %s", error)
    except Exception:  # noqa: BLE001 - what was published stands, whatever is wrong with pages about it
        _LOG.exception("the pages about checks could not be made")


def _write_figures(work: Work, settings: Settings) -> None:
    if settings.metrics_file is None:
        return
    try:
        write_metrics(work.home, settings.metrics_file)
    except OSError as error:
        _LOG.warning("the figures for Prometheus could not be written: %s", error)


def _are_recent(page: Path) -> bool:
    """Whether the pages are of the last day and of a run that met everything."""
    if not page.is_file() or (page.parent / _FAILED).exists():
        return False
    return 0 <= time.time() - page.stat().st_mtime < _DAY_SECONDS
