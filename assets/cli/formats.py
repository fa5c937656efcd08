"""Which format rows are written in: what ``--format`` says, or else the file's suffix."""

from __future__ import annotations

from pathlib import Path

from assets.cli.errors import CommandError

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".txt": "table",
}
FILES_ONLY = ("parquet", "xlsx")


def chosen_format(format_: str | None, output: Path | None) -> str:
    """The format that was asked for, or that the suffix of ``output`` stands for, or ``table``.

    CommandError where the suffix stands for none, and where a format that is not text has no file to go to.
    """
    if format_ is None:
        format_ = _of_suffix(output) if output is not None else "table"
    if format_ in FILES_ONLY and output is None:
        raise CommandError(f"{format_} is not for terminals: give a file with --output")
    return format_


def _of_suffix(output: Path) -> str:
    try:
        return SUFFIXES[output.suffix.lower()]
    except KeyError:
        known = ", ".join(SUFFIXES)
        raise CommandError(
            f"{output.name} does not say in which format to write: end its name in one of {known}, or give --format"
        ) from None
