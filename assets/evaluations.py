"""How results of expectations become evaluations of Dagster's asset checks: one check a table, and one for drift.

A check for every kind of expectation would say no more, and would cost three events a run for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg

from assets.metadata import check_metadata
from checks.result import CheckResult

QUALITY = "quality"
DRIFT = "drift"

PUBLISHED_FILE = "published_file"

Check = tuple[str, str]
"""The names of an asset and of its check."""
Evaluations = Mapping[Check, Mapping[str, Any]]


def evaluations(results: Iterable[CheckResult], checks: Iterable[Check]) -> Evaluations:
    """What Dagster is told of each of the checks: arguments of its classes for results.

    What was found of tables that have no check of their own among them is told of the published file: there they
    were looked at together. A check of which nothing was evaluated stands as it was, which is passed.
    """
    found: dict[Check, list[CheckResult]] = {check: [] for check in checks}
    for result in results:
        name = DRIFT if result.kind == DRIFT else QUALITY
        own, whole = (result.table, name), (PUBLISHED_FILE, QUALITY)
        if own in found or whole in found:
            found[own if own in found else whole].append(result)
    return {check: _verdict(of_check) for check, of_check in sorted(found.items())}


def _verdict(found: Sequence[CheckResult]) -> dict[str, Any]:
    blocking = any(result.blocks for result in found)
    return {
        "passed": all(result.success for result in found),
        "severity": dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
        "metadata": check_metadata(found),
    }
