"""What is to be taken from the inbox: batches that are new, changed or gone, once they have come to rest.

Each folder or file lying directly in the inbox is a batch. This module looks and decides; it knows nothing of
Dagster and starts nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from assets.fingerprints import of_sources
from assets.stages import Stages
from pipelines.ingest.sources import is_skipped
from warehouse import batches
from warehouse.home import Home
from warehouse.overlay import Overlay

if TYPE_CHECKING:
    from pipelines.ingest.sources import Source


@dataclass(slots=True)
class Memory:
    """What a look remembers of those before it: only batches that are not in the lake as they lie in the inbox.

    ``waiting`` has the state of a batch that is not at rest yet, and since when it has been in it (seconds since
    1970); ``asked`` the state for which a run was asked, and in which turn; ``folder`` is the inbox's identity.
    """

    waiting: dict[str, tuple[str, float]] = field(default_factory=dict)
    asked: dict[str, tuple[str, int]] = field(default_factory=dict)
    turn: int = 0
    folder: str = ""

    @classmethod
    def read(cls, text: str | None) -> Memory:
        """What ``write`` wrote; an empty memory for None."""
        if not text:
            return cls()
        stored = json.loads(text)
        return cls(
            {name: (state, since) for name, (state, since) in stored["waiting"].items()},
            {name: (state, turn) for name, (state, turn) in stored["asked"].items()},
            stored["turn"],
            stored["folder"],
        )

    def write(self) -> str:
        """The memory as JSON."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the inbox found: the state of each batch that is to be done, and what to tell people."""

    taken: dict[str, str]
    memory: Memory
    notes: tuple[str, ...] = ()


def look(
    home: Home, inbox: Path, stages: Stages, memory: Memory, *, now: float, settle_seconds: float
) -> Look:
    """The batches to be done now. They are registered, and remembered as asked for.

    A batch has come to rest when the names, sizes and times of its files have been the same for
    ``settle_seconds``. ``now`` is in seconds since 1970; where the clock was set back, waiting begins anew.
    """
    if not inbox.is_dir():
        return Look({}, memory, (f"there is no folder {inbox}: nothing was done",))
    here, known = _lying_in(inbox), _of_inbox(home, inbox)
    folder = _identity(inbox)
    if folder != memory.folder and known and not here:
        # A disk that is not mounted looks like this; nobody means all rows to go.
        return Look({}, memory, (f"{inbox} is another folder than before, and empty: nothing was done",))
    # Turns begin with the time, so that one after this memory was lost is no turn that has been.
    found = Memory(turn=memory.turn + 1 if memory.turn else int(now), folder=folder)
    taken: dict[str, str] = {}
    notes: list[str] = []
    for name in sorted(here.keys() | known):
        paths = here.get(name, [])
        refusal = _refusal(home, inbox, stages, name, paths)
        state = None if refusal else _state(home, stages, name, paths)
        if refusal:
            notes.append(refusal)
        elif state is None:
            continue
        elif name in memory.asked and memory.asked[name][0] == state:
            found.asked[name] = memory.asked[name]
        elif _is_at_rest(memory, found, name, state, now, settle_seconds):
            batches.register(home, name, [str(path) for path in paths], replace=True)
            taken[name] = state
            found.asked[name] = (state, found.turn)
    return Look(taken, found, tuple(notes))


def _is_at_rest(
    memory: Memory, found: Memory, name: str, state: str, now: float, settle_seconds: float
) -> bool:
    """Whether a batch has been in its state for long enough; if not, since when it has been is remembered."""
    before, since = memory.waiting.get(name, ("", now))
    if before != state or since > now:
        since = now
    elif now - since >= settle_seconds:
        return True
    found.waiting[name] = (state, since)
    return False


def _lying_in(inbox: Path) -> dict[str, list[Path]]:
    """The paths of each batch in the inbox: one, but for names that differ only in signs a name cannot have."""
    lying: dict[str, list[Path]] = {}
    for path in sorted(inbox.iterdir()):
        if not is_skipped(path.name):
            lying.setdefault(batches.batch_name(str(path)), []).append(path)
    return lying


def _of_inbox(home: Home, inbox: Path) -> set[str]:
    """Registered batches that came from the inbox, also those that have gone from it."""
    return {name for name in batches.names(home) if _came_from(batches.read(home, name), inbox)}


def _came_from(registration: batches.Registration | None, inbox: Path) -> bool:
    return registration is None or all(Path(path).parent == inbox for path in registration.paths)


def _identity(inbox: Path) -> str:
    status = inbox.stat()
    return f"{status.st_dev}:{status.st_ino}"


def _refusal(home: Home, inbox: Path, stages: Stages, name: str, paths: Sequence[Path]) -> str | None:
    """Why a batch cannot be taken, in a sentence."""
    registration = batches.read(home, name)
    if not _came_from(registration, inbox) and registration is not None:
        return f"{name} already stands for {', '.join(registration.paths)}: give what lies in the inbox another name"
    unreadable = [
        source.path
        for source in stages.discover(paths)
        if source.path in paths and source.problem is not None and source.problem.reason == "unreadable"
    ]
    return f"{unreadable[0]} cannot be read" if unreadable else None


def _state(home: Home, stages: Stages, name: str, paths: Sequence[Path]) -> str | None:
    """The state of a batch's files; None where the lake was made from just these."""
    sources = _sources(home, stages, name, paths)
    stamp = Overlay(home).stamp("inputs", name)
    if stamp is not None and stamp.fingerprint == of_sources(sources, stamp.version):
        return None
    if stamp is None and not sources:
        return None
    return of_sources(sources, stages.version("ingest"))


def _sources(home: Home, stages: Stages, name: str, paths: Sequence[Path]) -> Sequence[Source]:
    registration = batches.read(home, name)
    fields = registration.fields if registration is not None else ()
    return [replace(source, given=fields) if fields else source for source in stages.discover(paths)]


def runs_of(taken: Iterable[str], partitions: Sequence[str]) -> list[tuple[str, ...]]:
    """Batches put together so that each group lies side by side among the partitions: one run each."""
    wanted = set(taken)
    groups: list[list[str]] = []
    last = -2
    for position, name in enumerate(partitions):
        if name not in wanted:
            continue
        if position == last + 1:
            groups[-1].append(name)
        else:
            groups.append([name])
        last = position
    return [tuple(group) for group in groups]


def halves(group: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A group of several batches in two."""
    middle = len(group) // 2
    return tuple(group[:middle]), tuple(group[middle:])


def key_of(group: Sequence[str], taken: Mapping[str, str], turn: int) -> str:
    """What tells one asking for a run from all others: the states of the batches, and the turn.

    With the turn in it, a state that comes back after another is done again; the same state is asked for once.
    """
    digest = blake2b(digest_size=8)
    for name in group:
        digest.update(f"{name} {taken[name]}\n".encode())
    return f"{turn}-{digest.hexdigest()}"
