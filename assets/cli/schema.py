"""``communique schema``: the data dictionary, from the one place where tables are declared."""

from __future__ import annotations

import json
import sys

from warehouse.tables import diagram, dictionary, published


def schema_command(format_: str) -> None:
    """Print the dictionary of the published tables."""
    tables = published()
    if format_ == "markdown":
        sys.stdout.write(dictionary.markdown(tables))
    elif format_ == "sql":
        sys.stdout.write(dictionary.sql(tables))
    elif format_ == "json":
        sys.stdout.write(json.dumps(dictionary.entries(tables), indent=2, ensure_ascii=False) + "\n")
    elif format_ == "mermaid":
        sys.stdout.write(diagram.page(tables))
    else:
        _print_tables()


def _print_tables() -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from warehouse.tables.ddl import remark

    console = Console()
    for declared in published():
        table = Table(
            "column", "type", "meaning", title=f"{declared.name}: {declared.row}", title_justify="left"
        )
        for column in declared.columns:
            table.add_row(Text(column.name), column.type, Text(remark(column)))
        console.print(table)
