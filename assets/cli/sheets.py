"""Writing rows as an Excel workbook that holds values only: nothing in it is ever computed or opened.

Cells are typed: numbers, dates and times as Excel's own, everything else as text. What Excel cannot hold is told:
rows beyond the sheet's end are an error, longer texts are cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.cli.errors import CommandError
from assets.cli.rows import rows_of
from warehouse.cells import harmless

if TYPE_CHECKING:
    import duckdb

# https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
# Numbers beyond these digits would be rounded: Excel keeps floating point numbers.
_EXACT = 10**15
# Excel counts days from here; it knows no earlier ones, and takes 1900 for a leap year.
_FIRST_DAY = date(1900, 3, 1)
_WIDTHS = {"DATE": 11, "TIMESTAMP": 19, "TIMESTAMP WITH TIME ZONE": 19, "VARCHAR": 24}


def write_sheet(relation: duckdb.DuckDBPyRelation, output: Path) -> list[str]:
    """Write all rows to one sheet below a header; returns what was left out, a line each.

    CommandError where there are more rows or columns than a sheet holds, OSError where it cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    if len(relation.columns) > MOST_COLUMNS:
        raise CommandError(f"an Excel sheet holds {MOST_COLUMNS} columns, these are {len(relation.columns)}")
    # Rows go to disk as they come; the formulas, links and numbers that strings look like are never made.
    book = Workbook(str(output), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = _Sheet(book)
    try:
        sheet.head(relation)
        for number, row in enumerate(rows_of(relation), 1):
            if number >= MOST_ROWS:
                raise CommandError(
                    f"an Excel sheet holds {MOST_ROWS - 1:,} rows below its header and there are more: "
                    "write csv or parquet, or fewer rows"
                )
            sheet.write(number, row)
    finally:
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that it wraps
    if sheet.cut:
        return [f"{sheet.cut} texts were cut to the {MOST_CHARACTERS:,} characters that an Excel cell holds"]
    return []


class _Sheet:
    """The one sheet of a workbook; ``cut`` counts the texts that did not fit their cells."""

    def __init__(self, book: Any) -> None:
        self._sheet = book.add_worksheet("rows")
        self._bold = book.add_format({"bold": True})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.cut = 0

    def head(self, relation: duckdb.DuckDBPyRelation) -> None:
        """The column names, kept in sight."""
        for column, (name, type_) in enumerate(zip(relation.columns, relation.types, strict=True)):
            width = max(_WIDTHS.get(str(type_), 10), min(len(name) + 2, 24))
            self._sheet.set_column(column, column, width)
            self._text(0, column, name, self._bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, row: int, values: tuple[Any, ...]) -> None:
        """One row; NULL leaves its cell empty."""
        for column, value in enumerate(values):
            if value is not None:
                self._writer(value)(row, column, value)

    def _writer(self, value: Any) -> Callable[[int, int, Any], None]:
        if isinstance(value, bool):
            return self._sheet.write_boolean  # type: ignore[no-any-return]
        if isinstance(value, int | float | Decimal):
            return self._number
        if isinstance(value, datetime):
            return self._moment
        return self._date if isinstance(value, date) else self._text

    def _number(self, row: int, column: int, value: float | Decimal) -> None:
        if not math.isfinite(value) or (not isinstance(value, float) and abs(value) >= _EXACT):
            # A number as text is no formula, so its minus may stay.
            self._sheet.write_string(row, column, str(value))
        else:
            self._sheet.write_number(row, column, value)

    def _moment(self, row: int, column: int, value: datetime) -> None:
        plain = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        if plain.date() < _FIRST_DAY:
            self._text(row, column, plain)
        else:
            self._sheet.write_datetime(row, column, plain, self._time)

    def _date(self, row: int, column: int, value: date) -> None:
        if value < _FIRST_DAY:
            self._text(row, column, value)
        else:
            self._sheet.write_datetime(row, column, value, self._day)

    def _text(self, row: int, column: int, value: Any, format_: Any = None) -> None:
        text = harmless(str(value))
        if len(text) > MOST_CHARACTERS:
            self.cut += 1
            text = text[: MOST_CHARACTERS - 1] + "…"
        self._sheet.write_string(row, column, text, format_)
