"""The layout of a home's folders: its number, and bringing an older one up to this version.

Stages that changed, and files that they write, need no migration: they are stale and done again. What is here is what
no run makes again: the number itself, and the orchestrator's configuration that an earlier version wrote.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.home import (
    DAGSTER_YAML,
    IN_PROCESS,
    IN_PROCESS_YAML,
    LAYOUT,
    Home,
    layout_of,
    layout_text,
)

_WRITTEN_EARLIER = frozenset(
    {
        "153b5cc0da6920cb2d55ffcc5df8bdf19df263e5a38c4093a2e65fb12ccb2076",
        "4570315bfa6eb2ffab98955377738c90a5a6b8bc9936cd9b68316f57a6d0f04e",
        "8a6daeb358eac6920bf70903dffdba7efcfe09f24440a1446a6e420de01e551a",
        "d39df7b8caf84a9f6c24fb8fe2fd92caf9dbd827a4f5391eb74deb01d9941055",
    }
)
"""SHA-256 of the configurations that earlier versions wrote: a file that is one of them was changed by nobody."""


def migrate(home: Home) -> list[str]:
    """Bring a home up to this version's layout; what was done, a sentence each. HomeError as layout_of.

    Call while holding the writer's lock. A configuration that somebody changed is left alone and told of.
    """
    done = []
    found = layout_of(home)
    for name, text in (("dagster.yaml", DAGSTER_YAML), (IN_PROCESS, IN_PROCESS_YAML)):
        path = home.dagster / name
        there = path.read_bytes() if path.is_file() else b""
        if there == text.encode():
            continue
        if there and hashlib.sha256(there).hexdigest() not in _WRITTEN_EARLIER:
            done.append(f"{path} was changed by hand and is left as it is: compare it with a new home's")
            continue
        _replace(path, text)
        done.append(f"{path} is as this version writes it")
    if found != LAYOUT:
        _replace(home.layout, layout_text())
        done.append(f"layout {found} is now layout {LAYOUT}")
    return done


def _replace(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
