"""What the scripts that fit weights share: their one option, and the file that weights are kept in."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def is_to_write(about: str | None) -> bool:
    """Whether the command line asks for the weights to be written; ``about`` is its help."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on everything")
    return bool(parser.parse_args().write)


def write_weights(path: Path, columns: Sequence[str], rows: Iterable[tuple[str, Iterable[float]]]) -> None:
    """Write a feature and its weights a line, to two decimals."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", *columns])
        writer.writerows([name, *(f"{weight:.2f}" for weight in weights)] for name, weights in rows)
