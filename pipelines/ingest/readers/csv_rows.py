"""Comma- and tab-separated tables with a header: a record is a row.

Record numbers are row numbers from 0, the header not counted. A row that cannot be read costs its first
line and no more: reading goes on at the next line, so that one quotation mark that is never closed does not
swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.ingest.naming import Given, count_known, has_text_field
from pipelines.ingest.readers.rows import record_of, shown_names
from pipelines.ingest.records import Opened, Record, Refusal, Rejection
from pipelines.ingest.splitting import Line, read_lines

_MAX_ROW_LINES = 10_000  # what a quotation mark that is never closed may hold up, in lines
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class _Table:
    """What the header says."""

    delimiter: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's values and the lines that they were read from."""

    values: list[str]
    lines: list[Line]


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The records of the table; raises Rejection for a table without a column of text."""
    limit = opened.limits.max_record_bytes
    # The module's bound is one for the whole process; ours is set on rows, before a field can reach it.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limit))
    lines = _Lines(read_lines(opened.stream, limit), limit)
    header = lines.take()
    if header is None:
        return
    if isinstance(header, Refusal):
        raise Rejection("broken-row", finding="the header is not a line of text")
    table = _read_header(header.text, opened.format, opened.given)
    for number, row in enumerate(_rows(lines, table)):
        if isinstance(row, Refusal):
            yield replace(row, number=number)
        else:
            raw = b"".join(line.raw for line in row.lines)
            yield record_of(number, _named(table.names, row.values), raw, row.lines[0].encoding, opened.given)


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[Line | Refusal], limit: int) -> None:
        self._lines = lines
        self._given_back: deque[Line | Refusal] = deque()
        self._limit = limit
        self.ran_over = False  # whether the row last read was given up for its length

    def take(self) -> Line | Refusal | None:
        """The next line; None at the end."""
        return self._given_back.popleft() if self._given_back else next(self._lines, None)

    def give_back(self, lines: list[Line | Refusal]) -> None:
        """Take these lines once more before any other."""
        self._given_back.extendleft(reversed(lines))

    def of_one_row(self, taken: list[Line]) -> Iterator[str]:
        """The text of the line in ``taken``, then of further lines as they are asked for; these join it."""
        self.ran_over = False
        yield taken[0].text + "\n"
        size = len(taken[0].raw)
        while (line := self.take()) is not None:
            size += len(line.raw) if isinstance(line, Line) else 0
            if isinstance(line, Refusal) or size > self._limit or len(taken) >= _MAX_ROW_LINES:
                self.give_back([line])
                self.ran_over = True
                return
            taken.append(line)
            yield line.text + "\n"


def _rows(lines: _Lines, table: _Table) -> Iterator[_Row | Refusal]:
    while (line := lines.take()) is not None:
        if isinstance(line, Refusal):
            yield line
        elif line.text.strip():
            row = _read_row(line, lines, table)
            is_overlong = isinstance(row, Refusal) and lines.ran_over and len(table.names) > 1
            yield _with_rest(row, lines, table) if is_overlong and isinstance(row, Refusal) else row


def _with_rest(row: Refusal, lines: _Lines, table: _Table) -> Refusal:
    """The refusal of an overlong row, with the lines that follow and cannot be rows by themselves.

    One field of millions of lines would otherwise be as many rows in the ledger.
    """
    size = len(row.raw or b"")
    while isinstance(line := lines.take(), Line) and not {table.delimiter, '"'} & {*line.text}:
        size += len(line.raw)
    if line is not None:
        lines.give_back([line])
    return replace(row, size=size, sha256=None)


def _read_row(first: Line, lines: _Lines, table: _Table) -> _Row | Refusal:
    """The row that begins with the line, which may go on over further lines inside quotation marks."""
    taken = [first]
    try:
        values = next(_parser(lines.of_one_row(taken), table.delimiter))
    except csv.Error as fault:
        finding = str(fault)
    else:
        if len(values) == len(table.names):
            return _Row(values, taken)
        finding = f"it has {len(values)} fields where the header has {len(table.names)}"
    lines.give_back([*taken[1:]])
    unquoted = first.text.split(table.delimiter)
    # Tab-separated files are often written without any quoting, and then a quotation mark is just one.
    if table.delimiter == "\t" and len(unquoted) == len(table.names):
        return _Row(unquoted, [first])
    return Refusal.of(0, Rejection("broken-row", finding=finding), first.raw)


def _read_header(line: str, form: str, given: Given) -> _Table:
    """The delimiter that makes most sense of the header, and the column names."""
    preferred = sorted(_DELIMITERS, key=lambda delimiter: delimiter != ("\t" if form == "tsv" else ","))
    tables = [_Table(delimiter, _header_names(line, delimiter)) for delimiter in preferred]
    table = max(tables, key=lambda table: count_known(table.names, given))
    if not has_text_field(table.names, given):
        raise Rejection("no-text-field", fields=shown_names([*tables[0].names]))
    return table


def _header_names(line: str, delimiter: str) -> list[str]:
    try:
        return next(_parser(iter([line]), delimiter), [])
    except csv.Error:
        return []


def _parser(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _named(names: list[str], values: list[str]) -> dict[str, str]:
    """Values by column name; of columns with the same name the first counts."""
    named: dict[str, str] = {}
    for name, value in zip(names, values, strict=True):
        named.setdefault(name, value)
    return named
