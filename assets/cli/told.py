"""What DuckDB says of a mistake, in one line for whoever typed the query."""

from __future__ import annotations

import re

_KIND = re.compile(r"^(?:Binder|Catalog|Parser|Conversion|Invalid Input|Permission|[A-Z]\w+) Error: ")
_HINT = re.compile(r"^(?:Did you mean|Candidate bindings|LINE \d+:)")
_MOST = 300


def told(error: Exception) -> str:
    """The error's first line, with what DuckDB would rather have read, or where in the query it stumbled."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    first = _KIND.sub("", lines[0])
    hint = next((line for line in lines[1:] if _HINT.match(line)), "")
    said = f"{first} {_near(hint)}".strip()
    return said if len(said) <= _MOST else said[: _MOST - 1] + "…"


def _near(hint: str) -> str:
    """``LINE 2: …`` as ``(line 2)``; other hints as they are."""
    place = re.match(r"LINE (\d+):", hint)
    return f"(line {place[1]} of the query)" if place else hint
