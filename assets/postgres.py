"""The asset of the PostgreSQL door: what was published, loaded into PostgreSQL. Is there only where an address is set.

How it is loaded is for ``warehouse.postgres``. The address is a secret: it comes from the environment when the step
runs, and neither configuration nor metadata hold it.
"""

from __future__ import annotations

import time
from typing import Any

import dagster as dg

from assets.evaluations import PUBLISHED_FILE
from assets.faults import RETRIES
from assets.resources import WarehouseResource
from assets.settings import Settings
from assets.specs import OWNERS
from warehouse.postgres.address import Address, parse
from warehouse.postgres.faults import PublicationError
from warehouse.postgres.publish import publish

REGISTER = "postgres_register"
VARIABLE = "COMMUNIQUE_POSTGRES_DSN"


class PostgresResource(dg.ConfigurableResource[Address]):
    """Where to publish."""

    dsn: str

    def address(self) -> Address:
        """The address. PublicationError where it is none."""
        return parse(self.dsn)


@dg.asset(
    name=REGISTER,
    deps=[PUBLISHED_FILE],
    group_name="publish",
    owners=OWNERS,
    kinds={"postgres", "sql"},
    retry_policy=RETRIES,
    description="The published tables and views in PostgreSQL, switched in at once; unchanged ones are not loaded again.",
)
def postgres_register(warehouse: WarehouseResource, postgres: PostgresResource) -> dg.MaterializeResult[Any]:
    """Publish to PostgreSQL. A lost connection is tried again, anything else fails at once."""
    begun = time.monotonic()
    try:
        done = publish(warehouse.open().published, postgres.address(), attempts=1)
    except PublicationError as error:
        raise dg.Failure(description=str(error), allow_retries=error.is_transient) from None
    return dg.MaterializeResult(
        metadata={
            "place": done.place,
            "schema": done.schema,
            "unchanged": done.is_unchanged,
            "dagster/row_count": sum(done.rows.values()),
            "seconds": round(time.monotonic() - begun, 2),
            "notes": dg.MetadataValue.md("\n".join(f"* {note}" for note in done.notes) or "none"),
        }
    )


def postgres_assets(settings: Settings) -> list[dg.AssetsDefinition]:
    """The asset, where an address is set."""
    return [postgres_register] if settings.postgres_dsn is not None else []


def postgres_resources(settings: Settings) -> dict[str, object]:
    """The asset's resource, where an address is set: the variable's name, from which Dagster reads when it runs."""
    return (
        {"postgres": PostgresResource(dsn=dg.EnvVar(VARIABLE))} if settings.postgres_dsn is not None else {}
    )
