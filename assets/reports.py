"""What a run leaves for people when it ends, well or not: the Data Docs of its checks, and an alert.

Both for runs from the command line and for runs of Dagster's daemon, since every step of either ends here. Neither
can make a run fail.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from assets.alerts import alert
from assets.settings import Settings
from assets.work import Work
from checks.result import CheckResult
from warehouse import runs

_LOG = logging.getLogger("communique.reports")


def report_failure(
    work: Work, settings: Settings, batches: Sequence[str], reason: str, results: Iterable[CheckResult] = ()
) -> None:
    """Tell of a run that has failed."""
    write_docs(work)
    alert(settings, work.home, "failed", work.run_id, batches, reason, results)


def report_end(work: Work, settings: Settings, batches: Sequence[str]) -> None:
    """Tell of a run that has published."""
    warned = [row for row in runs.results_of(work.home, work.run_id).to_pylist() if not row["success"]]
    write_docs(work)
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
    """Write the Data Docs of a run that has checked something; a disk that does not take them is logged."""
    results = runs.results_of(work.home, work.run_id)
    record = runs.read(work.home, work.run_id)
    if not results.num_rows or record is None:
        return
    from checks.data_docs import write_data_docs  # brings Great Expectations, which is there by now

    try:
        write_data_docs(results, work.home.quality, work.run_id, datetime.fromisoformat(record.started_at))
    except OSError as error:
        _LOG.warning("the pages about checks could not be written: %s", error)
