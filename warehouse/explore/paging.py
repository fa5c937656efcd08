"""Pages of a list: which rows, and which other pages to offer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Page ``number`` (from 1) of ``total`` rows, ``size`` a page."""

    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """The last page; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """Number of the first row shown, from 1; 0 where there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last_row(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + self.size, self.total)

    def near(self) -> list[int]:
        """Pages to offer: the first, those around this one, the last."""
        around = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        return sorted({1, *around, self.last})
