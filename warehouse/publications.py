"""Publications: the manifest of the published file, the earlier files that are kept, and going back to one.

A publication's file has a second name in ``published/``, under its run's id, which costs no space while it is
the published one. Going back gives an earlier file the published name again and leaves a *pin*: until it is
taken away, runs bring the lake up to date and leave the published file alone. Building a published file is for
``published``; when one is put in place is for ``commit``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.durable import flush, share, write_whole
from warehouse.home import Home, HomeError
from warehouse.ledger import Mark, difference_of

KEPT = 3
"""Earlier published files that are kept where nobody chose otherwise."""

_PIN = "pin.json"
_SWITCH = ".switch"


@dataclass(frozen=True, slots=True)
class Publication:
    """The manifest of a published file.

    ``fingerprint`` says what it was made from; ``sequence`` orders publications whatever the clock said;
    ``stages`` are the versions of the code and knowledge behind it; ``rows`` counts the rows of each relation;
    ``lake`` holds size and digest of each file that it was made from. ``sha256`` is empty and ``sequence`` 0
    where an older version published.
    """

    run_id: str
    fingerprint: str
    bytes: int
    sha256: str = ""
    sequence: int = 0
    published_at: str = ""
    software_version: str = ""
    stages: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    lake: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)

    def difference(self, path: Path) -> str | None:
        """How a file differs from this publication's; None where it does not."""
        if not self.sha256:
            return None if path.is_file() and path.stat().st_size == self.bytes else "has another size"
        return difference_of(path, Mark(self.bytes, self.sha256))


@dataclass(frozen=True, slots=True)
class Pin:
    """The published file is held at ``run_id`` since ``at``, where somebody went back from ``left``."""

    run_id: str
    left: str
    at: str


def current(home: Home) -> Publication | None:
    """The manifest of the published file; None where nothing is published."""
    return _read(home.published_stamp)


def kept(home: Home) -> list[Publication]:
    """The publications whose files are there to go back to, newest first; the present one is among them."""
    found = (_read(path) for path in home.kept.glob("*.json") if path.name != _PIN)
    there = [one for one in found if one is not None and file_of(home, one.run_id).is_file()]
    return sorted(there, key=lambda one: (one.sequence, one.published_at, one.run_id), reverse=True)


def file_of(home: Home, run_id: str) -> Path:
    """Where a publication's file is kept."""
    return home.kept / f"{run_id}.duckdb"


def pin(home: Home) -> Pin | None:
    """What the published file is held at; None where runs may replace it."""
    try:
        return Pin(**json.loads((home.kept / _PIN).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def release(home: Home) -> None:
    """Let runs publish again. Call only while holding the switch."""
    if (home.kept / _PIN).exists():
        (home.kept / _PIN).unlink()
        flush(home.kept)


def put_in_place(home: Home, run_id: str, manifest: Mapping[str, Any], keep: int) -> None:
    """Let readers see what a run built, and keep ``keep`` files from before. May be called again after a kill."""
    unpublished = home.unpublished(run_id)
    release(home)
    if unpublished.exists():
        _keep_present(home)
        _keep(home, unpublished, run_id, manifest)
        unpublished.replace(home.published)
    write_whole(home.published_stamp, json.dumps(manifest, indent=1) + "\n")
    prune(home, keep)


def go_back(home: Home, target: Publication) -> None:
    """Let readers see a kept publication, and pin it. Call only while holding the switch.

    The pin comes first: a process killed in between is finished by ``finish_going_back``.
    """
    left = current(home)
    now = Pin(target.run_id, left.run_id if left else "", datetime.now(UTC).isoformat())
    write_whole(home.kept / _PIN, json.dumps({"run_id": now.run_id, "left": now.left, "at": now.at}) + "\n")
    finish_going_back(home)


def finish_going_back(home: Home) -> None:
    """Bring the published file to where the pin says it is, if there is one. Call only holding the switch."""
    pinned, present = pin(home), current(home)
    if pinned is None or (present is not None and present.run_id == pinned.run_id):
        return
    source, switched = file_of(home, pinned.run_id), home.kept / _SWITCH
    switched.unlink(missing_ok=True)
    share(source, switched)
    switched.replace(home.published)
    switched.unlink(missing_ok=True)  # where both names were one file already, replacing leaves both
    flush(home.root)
    write_whole(home.published_stamp, source.with_suffix(".json").read_text(encoding="utf-8"))


def find(home: Home, wanted: str | None) -> Publication:
    """The kept publication whose run id begins so; without one, the publication before the present one.

    HomeError where there is none, where there are several, or where its file is damaged.
    """
    present, there = current(home), kept(home)
    if wanted is not None:
        found = [one for one in there if one.run_id.startswith(wanted)]
        problem = f"{len(found) or 'no'} kept publications begin with {wanted!r}"
    else:
        order = [one.run_id for one in there]
        after = order.index(present.run_id) + 1 if present and present.run_id in order else 0
        found = there[after : after + 1]
        problem = "no publication before the present one is kept"
    if len(found) != 1:
        raise HomeError(f"{problem}: `communique rollback --list` shows what there is; nothing was done")
    if difference := found[0].difference(file_of(home, found[0].run_id)):
        raise HomeError(f"{file_of(home, found[0].run_id)} {difference}: it is damaged, choose another")
    return found[0]


def prune(home: Home, keep: int) -> None:
    """Remove the oldest kept publications but for ``keep``; never the present one or the pinned."""
    present, pinned = current(home), pin(home)
    spared = {one.run_id for one in (present, pinned) if one is not None}
    for old in [one for one in kept(home) if one.run_id not in spared][keep:]:
        # The manifest last: without its file it is passed over, and removed with the next publication.
        file_of(home, old.run_id).unlink()
    for manifest in home.kept.glob("*.json"):
        if manifest.name != _PIN and not manifest.with_suffix(".duckdb").exists():
            manifest.unlink()
    for file in home.kept.glob("*.duckdb"):
        if not file.with_suffix(".json").exists():
            file.unlink()


def _keep_present(home: Home) -> None:
    """Keep the published file too where an older version put it there, which kept none."""
    present = current(home)
    if present is not None and home.published.is_file():
        stored = json.loads(home.published_stamp.read_text(encoding="utf-8"))
        _keep(home, home.published, present.run_id, stored)


def _keep(home: Home, path: Path, run_id: str, manifest: Mapping[str, Any]) -> None:
    target = file_of(home, run_id)
    if not target.exists():
        share(path, target)
    if not target.with_suffix(".json").exists():
        write_whole(target.with_suffix(".json"), json.dumps(manifest, indent=1) + "\n")


def _read(path: Path) -> Publication | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Publication(**stored | {"bytes": int(stored["bytes"])})
