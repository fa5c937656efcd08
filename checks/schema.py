"""Whether a file has exactly the declared columns, types and order."""

from __future__ import annotations

import pyarrow as pa

from checks import reasons
from checks.result import CheckResult
from warehouse.tables import Table
from warehouse.tables.arrow import stored_schema


def check_schema(table: Table, schema: pa.Schema, batch: str | None = None) -> CheckResult:
    """Compare a file's Arrow schema with the declaration; what differs is named.

    Nullability is not compared: a NULL in a required column is for the row checks, which name the row.
    """
    differences = _differences(stored_schema(table), schema)
    return CheckResult(
        table=table.name,
        kind="schema",
        expectation="has_the_declared_schema",
        severity="critical",
        success=not differences,
        reason=reasons.of_table("has_the_declared_schema"),
        batch=batch,
        observed="; ".join(differences) or None,
    )


def _differences(declared: pa.Schema, found: pa.Schema) -> list[str]:
    missing = [f"column {name} is missing" for name in declared.names if name not in found.names]
    unknown = [f"column {name} is not declared" for name in found.names if name not in declared.names]
    types = [
        f"column {field.name} is {found.field(field.name).type}, declared {field.type}"
        for field in declared
        if field.name in found.names and found.field(field.name).type != field.type
    ]
    order = (
        ["columns are in another order"] if not missing + unknown and declared.names != found.names else []
    )
    return missing + unknown + types + order
