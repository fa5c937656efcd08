"""Partitions: one per batch, added when a batch is registered."""

from __future__ import annotations

import dagster as dg

BATCHES = dg.DynamicPartitionsDefinition(name="batches")
