"""A file named ``.json``: one object is one record, a list is as many as it has elements.

What stands after a fault in a list cannot be told apart any more and is refused as one. Many files of JSON
lines go by this name, so where the first line is a whole object the file is read line by line.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.ingest.readers.json_lines import first_line, read_elements, read_object_lines
from pipelines.ingest.readers.json_values import parse
from pipelines.ingest.records import Opened, Record, Refusal, Rejection


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The records of a JSON file."""
    return read_object_lines(opened) if _is_object(first_line(opened)) else read_elements(opened)


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse(line), dict)
    except Rejection:
        return False
