"""Settings from the environment (``COMMUNIQUE_…``), with defaults that need none."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.engine import default_workers


class Settings(BaseSettings):
    """What a person may choose once instead of on every command."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_")

    home: Path = Field(default=Path("data"), description="Where the warehouse lives")
    workers: int = Field(
        default_factory=default_workers, ge=1, description="Processes that clean and extract"
    )
