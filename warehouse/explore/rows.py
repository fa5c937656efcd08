"""How much is handed out at once."""

from __future__ import annotations

MOST_ROWS = 1_000_000  # in a downloaded file: below what a spreadsheet holds
