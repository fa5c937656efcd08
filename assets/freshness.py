"""Freshness: how old the published file may be before Dagster's page says that it is overdue.

A run that finds the file up to date counts, too: what is watched is that somebody looked.
"""

from __future__ import annotations

import dagster as dg

from assets.settings import read_settings

_OVERDUE = read_settings().overdue_after
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=_OVERDUE, warn_window=_OVERDUE / 2)
