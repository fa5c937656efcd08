"""Finding input files: folders walked, globs expanded, and names that are the same on any machine.

What belongs here: which files there are, in which order, and what is wrong with a path before it is opened.
What does not: opening them. Hidden and lock files inside a registered folder (``data/skipped_names.txt``) are
passed over without a word; everything else comes out, with its problem if it has one. A file that is
registered by its own name is never passed over.
"""

from __future__ import annotations

import errno
import fnmatch
import glob
import itertools
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.ingest.naming import Given
from pipelines.ingest.records import Rejection

_SKIPPED = Path(__file__).parent / "data" / "skipped_names.txt"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a path cannot be ingested: a fixed word and a sentence for people."""

    reason: str
    detail: str

    @classmethod
    def of(cls, reason: str, **facts: object) -> Problem:
        """The problem with its sentence from ``data/reasons.toml``."""
        why = Rejection(reason, **facts)
        return cls(why.reason, why.detail)


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, or a path that cannot be read as one.

    ``uri`` names it in tables: relative to the registered folder's parent (folder ``seeds`` gives
    ``seeds/000.txt``, a file registered by itself gives its name), with ``/``, the same on any machine.
    ``size`` is in bytes, ``mtime_ns`` in nanoseconds since 1970; both are 0 where there is nothing to
    measure. ``given`` are the user's own names for the fields of its records.
    """

    path: Path
    uri: str
    size: int
    mtime_ns: int
    problem: Problem | None = None
    given: Given = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A path below a registered root, before it has a name."""

    root: Path
    path: Path
    size: int = 0
    mtime_ns: int = 0
    problem: Problem | None = None


def discover(paths: Sequence[Path]) -> list[Source]:
    """Every input below the paths (files, folders, globs), sorted by ``uri``; each file once.

    Nothing that is found on the way raises: what cannot be read comes out as a Source with a problem.
    """
    roots = sorted({root for path in paths for root in _expanded(path)})
    found: dict[Path, _Found] = {}
    for one in _Walk().files(roots):
        found.setdefault(one.path, one)
    return _named(list(found.values()))


def _expanded(path: Path) -> list[Path]:
    """The path itself, absolute, or what it stands for as a glob, as if each had been given by itself."""
    written = os.path.abspath(path)  # noqa: PTH100  (Path.resolve would follow links and change the name)
    if os.path.lexists(written) or not glob.has_magic(written):
        return [Path(written)]
    return [Path(match) for match in glob.glob(written, recursive=True)] or [Path(written)]  # noqa: PTH207


class _Walk:
    """Folders are walked once each, however many links lead to them; real folders before linked ones."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._links: list[tuple[Path, Path]] = []

    def files(self, roots: Sequence[Path]) -> Iterator[_Found]:
        """Everything below the roots, outer folders first."""
        for root in roots:
            yield from self._path(root, root)
        while self._links:
            links, self._links = sorted(self._links), []
            for root, link in links:
                yield from self._folder(root, link, linked=True)

    def _path(self, root: Path, path: Path) -> Iterator[_Found]:
        try:
            status = path.stat()
        except OSError as fault:
            yield _Found(root, path, problem=problem_of(fault))
            return
        if not stat.S_ISDIR(status.st_mode):
            yield _file(root, path, status)
        elif path.is_symlink() and path != root:
            self._links.append((root, path))
        else:
            yield from self._folder(root, path, linked=False)

    def _folder(self, root: Path, folder: Path, *, linked: bool) -> Iterator[_Found]:
        """The files below a folder, without recursion: folders may be nested deeper than Python's stack."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                if not self._is_first_visit(here):
                    if linked:
                        yield _Found(root, here, problem=_seen_before(here))
                    continue
                names = _listing(here)
            except OSError as fault:
                yield _Found(root, here, problem=problem_of(fault))
                continue
            for name, is_folder in names:
                if is_folder:
                    waiting.append(here / name)
                else:
                    yield from self._path(root, here / name)

    def _is_first_visit(self, folder: Path) -> bool:
        status = folder.stat()
        known = (status.st_dev, status.st_ino) in self._seen
        self._seen.add((status.st_dev, status.st_ino))
        return not known


def _listing(folder: Path) -> list[tuple[str, bool]]:
    """Names in the folder, sorted, but for the skipped; and whether each is a folder (not a link to one)."""
    with os.scandir(folder) as entries:
        kept = (entry for entry in entries if not is_skipped(entry.name))
        return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in kept)


def _file(root: Path, path: Path, status: os.stat_result) -> _Found:
    if not stat.S_ISREG(status.st_mode):
        return _Found(root, path, problem=Problem.of("not-a-file"))
    name = path.relative_to(root.parent).as_posix()
    problem = None if escaped(name) == name else Problem.of("bad-name")
    return _Found(root, path, status.st_size, status.st_mtime_ns, problem)


def problem_of(fault: OSError) -> Problem:
    """What the operating system's refusal means."""
    if fault.errno == errno.ELOOP:
        return Problem.of("symlink-loop")
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem.of("missing")
    return Problem.of("unreadable", finding=fault.strerror or type(fault).__name__)


def _seen_before(link: Path) -> Problem:
    target = link.resolve()
    above = link.parent.resolve()
    return Problem.of("symlink-loop" if target in (above, *above.parents) else "listed-already")


def _named(found: list[_Found]) -> list[Source]:
    """Sources with their names: roots that would give two files one name get a parent folder in front."""
    depths = dict.fromkeys((one.root for one in found), 1)
    while clashing := _clashing_roots(found, depths):
        for root in clashing:
            depths[root] += 1
    taken: set[str] = set()
    sources = []
    for uri, one in sorted(
        ((_uri(one, depths), one) for one in found), key=lambda pair: (pair[0], os.fsencode(pair[1].path))
    ):
        name = next(name for name in variants(uri) if name not in taken)
        taken.add(name)
        sources.append(Source(one.path, name, one.size, one.mtime_ns, one.problem))
    return sorted(sources, key=lambda source: source.uri)


def _clashing_roots(found: list[_Found], depths: dict[Path, int]) -> set[Path]:
    """Roots that share a file's name with another and have a further parent folder to tell them apart."""
    roots: dict[str, set[Path]] = {}
    for one in found:
        roots.setdefault(_uri(one, depths), set()).add(one.root)
    clashing = {root for sharing in roots.values() if len(sharing) > 1 for root in sharing}
    return {root for root in clashing if depths[root] < len(root.parts) - 1}


def _uri(one: _Found, depths: dict[Path, int]) -> str:
    parts = (*one.root.parts[1:][-depths[one.root] :], *one.path.relative_to(one.root).parts)
    return unicodedata.normalize("NFC", escaped("/".join(parts)))


def variants(uri: str) -> Iterator[str]:
    """The name, then numbered ones: names may differ in ways that vanish when they are written plainly."""
    yield uri
    yield from (f"{uri}~{number}" for number in itertools.count(2))


def escaped(name: str) -> str:
    """The name with line breaks, control characters and bytes that are not text as ``%XX``."""
    if name.isprintable():
        return name
    return "".join(
        "".join(f"%{byte:02X}" for byte in os.fsencode(char)) if _is_unsafe(char) else char for char in name
    )


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def is_skipped(name: str) -> bool:
    """Whether a file or folder of that name is passed over without a word."""
    return any(fnmatch.fnmatchcase(name.lower(), pattern) for pattern in _skipped_patterns())


@cache
def _skipped_patterns() -> tuple[str, ...]:
    lines = _SKIPPED.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
