"""What must be true of each row of a table, as plain values made from its declaration.

Great Expectations evaluates these (``suite``); nothing here imports it, since its import is dear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checks import reasons
from warehouse.tables import Column, RowRule, Table
from warehouse.tables.model import Severity


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: the name of the Great Expectations class that evaluates it, and its arguments.

    ``name`` is what results call it. For a row rule, ``column`` is the derived column ``rule_column(rule)``,
    true where the row keeps the rule, and ``reported_column`` is None. ``reason`` says in plain words why.
    """

    name: str
    type: str
    column: str
    severity: Severity
    reason: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    reported_column: str | None = None


def rule_column(rule: RowRule) -> str:
    """The name of the derived boolean column that holds a row rule's verdict."""
    return f"rule: {rule.name}"


def expected_of(table: Table) -> list[Expected]:
    """Everything that must be true of each row of the table's file."""
    found = [expected for column in table.stored for expected in _of_column(column)]
    return found + [_of_rule(rule) for rule in table.rules]


def _of_column(column: Column) -> list[Expected]:
    found = []
    if column.required:
        found.append(_expected(column, "not_null", "ExpectColumnValuesToNotBeNull", "critical"))
    if column.allowed:
        values = {"value_set": list(column.allowed)}
        found.append(
            _expected(column, "allowed_values", "ExpectColumnValuesToBeInSet", column.severity, values)
        )
    if column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        found.append(_expected(column, "range", "ExpectColumnValuesToBeBetween", column.severity, bounds))
    if column.pattern is not None:
        pattern = {"regex": rf"^(?:{column.pattern})\Z"}
        found.append(_expected(column, "pattern", "ExpectColumnValuesToMatchRegex", column.severity, pattern))
    return found


def _expected(
    column: Column, name: str, kind: str, severity: Severity, arguments: Mapping[str, Any] | None = None
) -> Expected:
    reason = reasons.of_column(column, name)
    return Expected(name, kind, column.name, severity, reason, arguments or {}, column.name)


def _of_rule(rule: RowRule) -> Expected:
    return Expected(
        name=rule.name,
        type="ExpectColumnValuesToBeInSet",
        column=rule_column(rule),
        severity=rule.severity,
        reason=rule.reason,
        arguments={"value_set": [True]},
    )
