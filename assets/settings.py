"""Settings from the environment (``COMMUNIQUE_…``), with defaults that need none.

What belongs here: what a person may choose once instead of on every command, and telling a wrong choice in one
line. What does not: what a setting does.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from checks.quarantine import Bound
from pipelines.crew import default_workers
from warehouse.publications import KEPT
from warehouse.remote.addresses import is_address

EngineName = Literal["local", "ray"]
_PREFIX = "COMMUNIQUE_"
_CRON = r"^@(hourly|daily|weekly|monthly|yearly)$|^[0-9*/,A-Za-z-]+( [0-9*/,A-Za-z-]+){4}$"


class SettingsError(Exception):
    """A setting has a value that it cannot have; the message names the variable, in one line."""


class Settings(BaseSettings):
    """What a person may choose once instead of on every command."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX)

    home: str = Field(
        default="data", description="Where the warehouse lives: a folder, or an address on object storage"
    )
    cache: Path | None = Field(
        default=None,
        description="Where copies of homes on object storage are kept; the user's cache folder by default",
    )
    workers: int = Field(
        default_factory=default_workers, ge=1, description="Processes that clean and extract"
    )
    wait_seconds: float = Field(
        default=600, ge=0, description="How long a command waits for another that is writing"
    )
    keep_published: int = Field(
        default=KEPT, ge=0, le=1000, description="Earlier published files that are kept to go back to"
    )
    engine: EngineName = Field(
        default="local", description="Where documents are cleaned and read: here, or on a Ray cluster"
    )
    ray_address: str | None = Field(
        default=None, description="The Ray cluster's address; without one, Ray is started on this machine"
    )
    inbox: Path | None = Field(
        default=None, description="The folder that is watched for batches; the home's own inbox by default"
    )
    inbox_seconds: int = Field(default=30, ge=1, description="How often the inbox is looked at")
    settle_seconds: float = Field(
        default=30, ge=0, description="How long a batch must stay as it is before it is taken"
    )
    nightly: str = Field(
        default="0 3 * * *", pattern=_CRON, description="When the register is made anew (cron, UTC)"
    )
    weekly: str = Field(
        default="0 5 * * 0",
        pattern=_CRON,
        description="When all that is published is checked again (cron, UTC)",
    )
    fresh_hours: float = Field(
        default=72,
        ge=1,
        description="Hours after which the published file counts as overdue; half of them warn",
    )
    quarantine_share: float = Field(
        default=Bound().share,
        ge=0,
        le=1,
        description="Share of a table's rows that may be set aside in a batch",
    )
    quarantine_rows: int = Field(
        default=Bound().rows, ge=0, description="So many rows may be set aside whatever their share"
    )
    alert_url: SecretStr | None = Field(
        default=None, description="Web address that is told of failed runs, as JSON; never shown"
    )
    alert_command: SecretStr | None = Field(
        default=None,
        description="Command that is told of failed runs, JSON on its input; no shell; never shown",
    )
    alert_on_warnings: bool = Field(default=False, description="Whether runs with warnings are told of, too")
    metrics_file: Path | None = Field(
        default=None, description="File to which every run writes its figures for Prometheus when it ends"
    )
    postgres_dsn: SecretStr | None = Field(
        default=None,
        description="PostgreSQL address to publish to, as communique publish takes it; never shown",
    )

    @field_validator("inbox", mode="before")
    @classmethod
    def _is_folder(cls, value: object) -> object:
        if is_address(str(value)):
            raise ValueError(
                "object storage is not watched; have a timer say `communique run` with that address instead"
            )
        return value

    @field_validator("alert_url")
    @classmethod
    def _is_web_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("http://", "https://")):
            raise ValueError("an address begins with http:// or https://")
        return value

    @field_validator("alert_command")
    @classmethod
    def _is_command(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not shlex.split(value.get_secret_value()):
            raise ValueError("a command names a program")
        return value

    @property
    def inbox_folder(self) -> Path:
        """The folder that is watched."""
        return self.inbox if self.inbox is not None else Path(self.home) / "inbox"

    @property
    def overdue_after(self) -> timedelta:
        """The age from which the published file counts as overdue."""
        return timedelta(hours=self.fresh_hours)


def read_settings() -> Settings:
    """The settings of this process. SettingsError where one of them is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_told(problem) for problem in error.errors())) from error


def _told(problem: Mapping[str, Any]) -> str:
    """One problem that pydantic found, with the variable's name and value."""
    name, said = str(problem["loc"][0]), str(problem["msg"])
    if problem["type"] == "string_pattern_mismatch":
        said = "this is no cron expression of five fields"
    return f"{_PREFIX}{name.upper()}={problem['input']}: {said[:1].lower()}{said[1:]}"
