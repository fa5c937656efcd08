"""Why a rule exists, in plain words: from the column's own reason, or from its meaning and the kind of rule."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from warehouse.tables import Column

_FILE = Path(__file__).with_name("reasons.toml")


def of_column(column: Column, rule: str) -> str:
    """The reason of a column's rule (``not_null``, ``allowed_values``, ``range`` or ``pattern``)."""
    return f"{column.reason or _by_kind(column, rule)}. It is: {column.description}"


def of_table(rule: str) -> str:
    """The reason of a rule that every table has; KeyError for an unknown one."""
    return _words()["table"][rule]


def _by_kind(column: Column, rule: str) -> str:
    if rule == "range":
        rule = "range_from" if column.maximum is None else "range_to" if column.minimum is None else "range"
    return _words()["column"][rule].format(least=_bound(column.minimum), most=_bound(column.maximum))


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
