"""Texts in spreadsheets: a cell of the register may hold anything, and must not be run."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text as a spreadsheet may show it: what could be taken for a formula gets an apostrophe before it."""
    return "'" + text if text.startswith(_DANGEROUS) else text
