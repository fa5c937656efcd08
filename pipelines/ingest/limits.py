"""How much of a hostile or oversized input is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one ingest, all in bytes except ``max_expansion``.

    ``max_record_bytes``: the longest record that can be an article. ``max_file_bytes``: the largest file,
    after expansion. ``max_expansion``: how many times its size a compressed file may grow, counted once it
    has grown beyond ``expansion_floor_bytes`` (short repetitive files expand a lot and harm nobody); for an
    archive of files the same bound holds for each of them and for all together.
    ``max_listing_bytes``: the longest table of contents of an archive of files, which is held in memory.
    ``max_kept_bytes``: how much of a refused file is handed to the caller for keeping. ``chunk_bytes``: how
    much text is gathered before a chunk of rows is given out.
    """

    max_record_bytes: int = 20_000_000
    max_file_bytes: int = 64 * 1024**3
    max_expansion: int = 200
    expansion_floor_bytes: int = 8_000_000
    max_listing_bytes: int = 20_000_000
    max_kept_bytes: int = 100_000_000
    chunk_bytes: int = 32_000_000
