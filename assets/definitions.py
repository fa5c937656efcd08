"""The Dagster code location: everything put together, explicitly.

Tests and the command line call ``build_defs`` with their own resources; Dagster's tools load ``defs``.
"""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg

from assets.batch_assets import clean, extract, ingest, learn
from assets.jobs import communique_job, register_job
from assets.postgres import postgres_assets, postgres_resources
from assets.publish import publish
from assets.recheck import recheck_job
from assets.register_assets import resolve, share
from assets.resources import default_resources
from assets.schedules import schedules
from assets.sensors import apart, inbox_sensor
from assets.settings import read_settings


def build_defs(
    resource_overrides: Mapping[str, object] | None = None,
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
) -> dg.Definitions:
    """The definitions with the default resources, or with others in the place of some."""
    settings = read_settings()
    return dg.Definitions(
        assets=[ingest, learn, share, clean, extract, resolve, publish, *postgres_assets(settings)],
        jobs=[communique_job, register_job, recheck_job],
        sensors=[inbox_sensor(settings), apart],
        schedules=schedules(settings),
        resources={**default_resources(), **postgres_resources(settings), **(resource_overrides or {})},
        # A process per step pays every import again, which takes longer than most batches.
        executor=dg.in_process_executor,
        loggers=loggers,
    )


defs = build_defs()
