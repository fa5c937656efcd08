"""Schedules: what starts a run at an hour. What starts one when something happens is in ``sensors``."""

from __future__ import annotations

import dagster as dg
from dagster._utils.schedules import is_valid_cron_schedule

from assets.jobs import register_job
from assets.recheck import recheck_job
from assets.settings import Settings, SettingsError


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """The schedules of the settings. SettingsError where an hour is none."""
    for name, cron in (("NIGHTLY", settings.nightly), ("WEEKLY", settings.weekly)):
        if not is_valid_cron_schedule(cron):
            raise SettingsError(f"COMMUNIQUE_{name}={cron}: there is no such time")
    return [
        dg.ScheduleDefinition(
            name="nightly",
            job=register_job,
            cron_schedule=settings.nightly,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description="Resolves and publishes what has been committed without being published, and sees to it "
            "that the published file was made by this version.",
        ),
        dg.ScheduleDefinition(
            name="weekly",
            job=recheck_job,
            cron_schedule=settings.weekly,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description="Checks everything in the lake and the published file again.",
        ),
    ]
