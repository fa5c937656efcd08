"""``communique verify``: whether the files of a home are, byte for byte, what was put there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assets.cli.errors import CommandError
from assets.cli.homes import Place, reading
from warehouse import ledger, publications
from warehouse.home import Home, existing_home


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that is not what it was, how it differs, and what to do about it."""

    path: Path
    difference: str
    remedy: str


def verify_command(home: Place | None) -> None:
    """Read every file again and compare. CommandError with code 1 where one differs."""
    with reading(home) as root:
        _verify(existing_home(root))


def _verify(where: Home) -> None:
    findings = [*of_published(where), *of_kept(where), *of_lake(where)]
    for finding in findings:
        Console().print(
            Text(f"{finding.path} {finding.difference}: {finding.remedy}"), soft_wrap=True, highlight=False
        )
    if findings:
        raise CommandError(f"{len(findings)} files are not what they were", code=1)
    marked, kept = len(ledger.read(where)), len(publications.kept(where))
    Console().print(
        f"as they were: the published file, {kept} kept ones, {marked:,} files of the lake", highlight=False
    )


def of_published(home: Home) -> Iterator[Finding]:
    """The published file, if it is not its manifest's."""
    present = publications.current(home)
    if present is not None and (difference := present.difference(home.published)):
        yield Finding(home.published, difference, "`communique rerun --from publish` builds it again")


def of_kept(home: Home) -> Iterator[Finding]:
    """The kept files that are not their manifests'."""
    for one in publications.kept(home):
        path = publications.file_of(home, one.run_id)
        if difference := one.difference(path):
            yield Finding(path, difference, "`communique rollback` will refuse it; it may be removed")


def of_lake(home: Home) -> Iterator[Finding]:
    """The lake's files that are not the ledger's, and those that are not in it."""
    known = ledger.read(home)
    remedy = "remove it, then `communique rerun` makes it again"
    for path, difference in ledger.differing(home.lake, known):
        yield Finding(path, difference, remedy if path.exists() else "`communique rerun` makes it again")
    for path in ledger.lake_files(home.lake):
        if path.relative_to(home.lake).as_posix() not in known:
            yield Finding(path, "was never put there by a run", remedy)
