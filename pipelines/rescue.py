"""When a chunk cannot be done: finding the one document that is to blame, so that the others go on.

A chunk is halved until a single document is left; that one is given up with the reason, in the words of whoever
made the rescue. Where chunks are worked on, and how a dead worker is noticed, is for ``engine``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

Tables = Mapping[str, pa.Table]

_MOST = 300


@dataclass(frozen=True, slots=True)
class Rescue:
    """How chunks of rows are divided, and what stands in for a row that cannot be done.

    ``give_up`` gets a chunk of one row and what happened, in one line, and gives the stage's tables for it; it
    must be importable from a fresh process.
    """

    give_up: Callable[[pa.Table, str], Tables]

    def halves(self, chunk: pa.Table) -> tuple[pa.Table, pa.Table] | None:
        """Two chunks of half the rows each; None where there is but one row."""
        middle = chunk.num_rows // 2
        return (chunk.slice(0, middle), chunk.slice(middle)) if middle else None

    def together(self, first: Tables, second: Tables) -> Tables:
        """One result of two, which may have different tables."""
        return {
            name: pa.concat_tables([tables[name] for tables in (first, second) if name in tables])
            for name in dict.fromkeys((*first, *second))
        }


@dataclass(frozen=True, slots=True)
class Guarded:
    """A stage's function whose errors cost a document, not the run. Importable, so workers can call it."""

    function: Callable[[pa.Table], Tables]
    rescue: Rescue

    def __call__(self, chunk: pa.Table) -> Tables:
        """The function's tables, without the documents that it raises an error on."""
        try:
            return self.function(chunk)
        except OSError:
            raise  # the disk or the network, not the document
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told in the ledger with its document
            halves = self.rescue.halves(chunk)
            if halves is None:
                return self.rescue.give_up(chunk, told(error))
        return self.rescue.together(self(halves[0]), self(halves[1]))


def told(error: BaseException) -> str:
    """An error in one line of bounded length."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:_MOST].rstrip(": ")
