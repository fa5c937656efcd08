"""Statements that make the published relations in a PostgreSQL schema: all from the declarations.

Nothing is executed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.queries import query
from warehouse.tables import Column, Table, ddl
from warehouse.tables.ddl import SQL_TYPES, quoted

_COUNTRY = ("country", "country_a", "country_b")
_PROSE = ("body", "sentence", "why", "detail", "examples")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A key that PostgreSQL is asked to keep, what it is called in a sentence, and its clause."""

    table: str
    what: str
    clause: str


def create(table: Table, schema: str, *, has_lz4: bool = False) -> str:
    """The table with its types and NOT NULL; keys come when the rows are in, which is faster.

    Ids and codes compare byte by byte, which sorts and indexes several times faster than any language's rules;
    ``has_lz4`` says that the server can pack long texts that way.
    Nothing is ever changed in it, so that vacuuming by itself would only stand in the way of the next switch.
    """
    lines = (_column(column, has_lz4) for column in table.columns)
    name = f"{quoted(schema)}.{quoted(table.name)}"
    return f"CREATE TABLE {name} (\n" + ",\n".join(lines) + "\n) WITH (autovacuum_enabled = false)"


def create_view(table: Table, schema: str) -> str:
    """The view of that name, in PostgreSQL's words; its tables are those on the search path."""
    return f"CREATE VIEW {quoted(schema)}.{quoted(table.name)} AS {query('postgresql', table.name)}"


def comments(table: Table, schema: str) -> str:
    """Every comment of a relation and its columns, as one text of statements."""
    return ";\n".join(ddl.comments(table, schema=schema))


def primary_key(table: Table) -> Constraint | None:
    """The table's key; None where it has none."""
    if not table.key:
        return None
    return Constraint(table.name, f"primary key of {table.name}", f"PRIMARY KEY ({_listed(table.key)})")


def foreign_keys(table: Table, keys: dict[str, tuple[str, ...]], schema: str) -> list[Constraint]:
    """Its references to tables whose whole key is the column referred to; ``keys`` holds the keys that stand."""
    found = []
    for column in table.columns:
        target, _, name = (column.references or "").partition(".")
        if target in keys and keys[target] == (name,):
            clause = f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(schema)}.{quoted(target)} ({quoted(name)})"
            found.append(
                Constraint(table.name, f"reference {table.name}.{column.name} to {column.references}", clause)
            )
    return found


def indexes(table: Table, schema: str) -> list[str]:
    """An index on every date, country and id that the key does not begin with; of a span of days, on the first."""
    return [
        f"CREATE INDEX ON {quoted(schema)}.{quoted(table.name)} ({quoted(column.name)})"
        for column in table.columns
        if _is_looked_up(column) and table.key[:1] != (column.name,)
    ]


def add(schema: str, *constraints: Constraint) -> str:
    """The statement that adds constraints of one table."""
    clauses = ", ".join(f"ADD {constraint.clause}" for constraint in constraints)
    return f"ALTER TABLE {quoted(schema)}.{quoted(constraints[0].table)} {clauses}"


def statistics(table: Table, schema: str) -> str:
    """The statement that gathers what the planner should know: of everything but long texts."""
    columns = ", ".join(quoted(column.name) for column in table.columns if not _is_prose(column))
    return f"ANALYZE {quoted(schema)}.{quoted(table.name)} ({columns})"


def _column(column: Column, has_lz4: bool) -> str:
    words = [quoted(column.name), SQL_TYPES["postgresql"][column.type]]
    if _is_code(column):
        words.append('COLLATE "C"')
    elif column.type == "string" and has_lz4:
        words.append("COMPRESSION lz4")
    return "  " + " ".join([*words, "NOT NULL"] if column.required else words)


def _is_code(column: Column) -> bool:
    """Whether a text is an id or a code, not words."""
    return column.type == "string" and bool(
        column.pattern or column.allowed or column.references or column.name.endswith("_id")
    )


def _is_prose(column: Column) -> bool:
    return column.type == "string" and column.name in _PROSE


def _is_looked_up(column: Column) -> bool:
    name = column.name
    return (
        (column.type == "date" and not name.endswith("_end"))
        or column.references is not None
        or name.endswith(("_id", "_country"))
        or name in _COUNTRY
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
