r"""What a prompt understands beside SQL: ``\d``, ``\d table``, ``\o file``, ``\x``, ``\q``, ``\?``.

The names are those of psql; the dotted ones of SQLite's and DuckDB's shells mean the same.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from assets.cli.catalogue import Catalogue, Relation

HELP = r"""A query ends with a semicolon and may run over several lines.

  \d              tables and views, and what a row of each is
  \d TABLE        columns of a table, their types and meaning
  \x              one column a line instead of one row a line, and back
  \o FILE         write the rows of the next query to a file: .csv .tsv .json .parquet .xlsx .txt
  \q              leave; so do Ctrl-D, exit and quit
  \?              this help

.tables, .schema TABLE, .once FILE, .quit and .help mean the same. Tab completes names, the arrow keys and
Ctrl-R go through earlier queries, Ctrl-C drops the line or stops a query."""

_MEANS = {
    r"\d": "describe", r"\dt": "describe", ".tables": "describe", ".schema": "describe", ".describe": "describe",
    r"\x": "expand", r"\o": "output", ".once": "output", ".output": "output",
    r"\q": "quit", ".quit": "quit", ".exit": "quit", "exit": "quit", "quit": "quit",
    r"\?": "help", r"\h": "help", r"\help": "help", ".help": "help", "help": "help",
}  # fmt: skip
COMMANDS = tuple(name for name in _MEANS if name[0] in "\\.")
_WORDED = re.compile(
    r"\s*(?P<name>[\\.][\w?]*|(?:help|exit|quit)(?=\s*;?\s*$))\s*(?P<rest>.*?)\s*;?\s*\Z", re.S
)


@dataclass(frozen=True, slots=True)
class Command:
    """What was asked for: ``describe``, ``expand``, ``output``, ``quit``, ``help`` or ``unknown``, and of what."""

    means: str
    argument: str


def command_in(text: str) -> Command | None:
    """The command that a text is, or None where it is SQL."""
    found = _WORDED.match(text)
    if found is None:
        return None
    means = _MEANS.get(found["name"].lower())
    return Command(means, found["rest"]) if means else Command("unknown", found["name"])


def described(catalogue: Catalogue, name: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows that tell of one relation, or of all; LookupError with the nearest names for an unknown one."""
    if not name:
        return ("name", "kind", "a row is"), [
            (relation.name, relation.kind, _row_is(relation)) for relation in catalogue.relations.values()
        ]
    relation = catalogue.find(name)
    if relation is None:
        near = difflib.get_close_matches(name, catalogue.relations, n=3)
        raise LookupError(
            f"no table {name!r}: " + (f"did you mean {', '.join(near)}?" if near else r"\d lists them")
        )
    return ("column", "type", "meaning"), [(c.name, c.type.lower(), c.meaning) for c in relation.columns]


def _row_is(relation: Relation) -> str:
    return relation.meaning.rpartition("One row: ")[2].rstrip(".")
