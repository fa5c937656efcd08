"""Resources: what a run needs from outside, replaceable in tests.

``warehouse`` says where the home is and where documents are worked on; ``stages`` is what each stage is done with;
``listener`` hears how far a run is; ``crew`` are the worker processes.
"""

from __future__ import annotations

import dagster as dg

from assets.progress import NoProgress
from assets.settings import read_settings
from assets.stages import pipeline_stages
from pipelines.crew import Crew
from warehouse.home import Home, HomeError, open_home
from warehouse.remote.addresses import NO_ADDRESS, is_address


class WarehouseResource(dg.ConfigurableResource[Home]):
    """The home of the warehouse."""

    home: str
    engine: str = "local"
    ray_address: str | None = None

    def open(self) -> Home:
        """The home, with its folders made. HomeError where it cannot be used, or is an address."""
        from pathlib import Path

        if is_address(self.home):
            raise HomeError(NO_ADDRESS.format(address=self.home))
        return open_home(Path(self.home))


def default_resources() -> dict[str, object]:
    """The resources of a real run, from the settings."""
    settings = read_settings()
    return {
        "warehouse": WarehouseResource(
            home=settings.home,
            engine=settings.engine,
            ray_address=settings.ray_address,
        ),
        "stages": pipeline_stages(),
        "listener": NoProgress(),
        "crew": Crew(settings.workers),
    }
