"""Every declared table by name, in the order of the pipeline."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.tables import (
    documents,
    ingestion,
    knowledge,
    layouts,
    lines,
    marts,
    memo,
    mentions,
    operations,
    profiles,
    quarantine,
)
from warehouse.tables.model import Stage, Table

TABLES: dict[str, Table] = {
    table.name: table
    for module in (
        ingestion,
        lines,
        documents,
        mentions,
        memo,
        quarantine,
        knowledge,
        marts,
        profiles,
        operations,
        layouts,
    )
    for table in module.TABLES
}


def table(name: str) -> Table:
    """The declaration of that name; KeyError with the known names where there is none."""
    try:
        return TABLES[name]
    except KeyError:
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(TABLES))}") from None


def of_stage(stage: Stage) -> tuple[Table, ...]:
    """The tables that a stage writes."""
    return tuple(declared for declared in TABLES.values() if declared.stage == stage)


def published() -> tuple[Table, ...]:
    """What appears in ``communique.duckdb``: tables first, then views."""
    everything: Iterable[Table] = (declared for declared in TABLES.values() if declared.published)
    return tuple(sorted(everything, key=lambda declared: declared.relation == "view"))
