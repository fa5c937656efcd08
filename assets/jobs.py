"""Jobs: the whole graph for a batch, and the stages over all batches alone."""

from __future__ import annotations

import dagster as dg

WHOLE = "communique"
REGISTER = "register"
RETRY_TAGS = {"dagster/retry_strategy": "ALL_STEPS"}
"""A crashed run is started from its beginning: what it had staged is taken over, and what is done costs nothing."""

communique_job = dg.define_asset_job(
    WHOLE,
    selection=dg.AssetSelection.all(),
    tags=RETRY_TAGS,
    description="Ingest, learn, share, clean, extract, resolve and publish a batch; what is up to date is not done again.",
)
register_job = dg.define_asset_job(
    REGISTER,
    selection=dg.AssetSelection.groups("resolve", "publish"),
    tags=RETRY_TAGS,
    description="Resolve and publish what the lake holds.",
)
