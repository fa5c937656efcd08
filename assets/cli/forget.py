"""``communique forget``: take a document out of the home for good, list what was forgotten, take it back."""

from __future__ import annotations

import shutil
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assets.cli.errors import CommandError
from assets.cli.homes import Place, reading, writing_to
from assets.cli.run import writing
from assets.stages import pipeline_stages
from warehouse import publications, tombstones
from warehouse.home import Home, existing_home
from warehouse.tombstones import Tombstone

if TYPE_CHECKING:
    from assets.search import Found
    from assets.work import Work


def forget_command(
    identity: str | None, *, reason: str | None, undo: bool, listed: bool, home: Place | None
) -> None:
    """Forget a document by its id or address, or undo that, or list what was forgotten."""
    if listed:
        with reading(home) as root:
            _list(existing_home(root))
        return
    if identity is None:
        raise CommandError("say what to forget: a document's id or its address; or --list")
    with writing_to(home) as root:
        where = existing_home(root)
        with writing(where, None):
            _undo(where, identity) if undo else _forget(where, identity, reason)


def _forget(home: Home, identity: str, reason: str | None) -> None:
    from assets.purge import purge
    from assets.search import find, is_document
    from assets.traces import purge_traces

    found = find(home, identity)
    earlier = _known(home, identity)
    if earlier is not None and earlier.is_done and not found:
        raise CommandError(
            f"{identity} was forgotten already, on {earlier.forgotten_at[:10]}: nothing was done"
        )
    if not found and earlier is None and (is_document(identity) or "://" not in identity):
        raise CommandError(f"no document has the id or address {identity!r}: nothing was done")
    if found and publications.pin(home):
        raise CommandError(
            "readers are held at an earlier publication, which would keep the text: say `communique rollback --release` "
            "or `communique rerun --from publish` first; nothing was done"
        )
    tombstone = _tombstone(identity, reason, found, earlier)
    tombstones.put(home, tombstone)
    try:
        if found:
            _run(home, lambda work: purge(work, tombstone, found))
        purge_traces(home, found)
        publications.prune(home, 0)  # nobody can go back to a file that holds it
        shutil.rmtree(home.fetched, ignore_errors=True)  # what is on object storage comes again from there
    except KeyboardInterrupt:
        raise CommandError(f"stopped half-way: say `communique forget {identity}` again", code=130) from None
    tombstones.done(home, tombstone)
    batches = sorted({one.batch for one in found})
    sys.stdout.write(
        f"forgotten: {len(found)} text{'s' * (len(found) != 1)} of batch{'es' * (len(batches) != 1)} {', '.join(batches)}\n"
        if found
        else "nothing of it is in the register; it will be passed over when it comes\n"
    )


def _undo(home: Home, identity: str) -> None:
    from assets.purge import mark_unread

    known = _known(home, identity)
    if known is None:
        raise CommandError(f"{identity!r} was not forgotten: `communique forget --list` shows what was")
    marked: list[str] = []
    _run(home, lambda work: marked.extend(mark_unread(work, known.tombstone_id)))
    tombstones.remove(home, known.tombstone_id)
    sys.stdout.write(
        f"taken back: `communique rerun` reads it again where its file is still there ({', '.join(marked)})\n"
    )


def _list(home: Home) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("tombstone", "forgotten", "documents", "reason")
    for one in tombstones.every(home):
        state = one.forgotten_at[:16].replace("T", " ") + (
            "" if one.is_done else " (cut short: say it again)"
        )
        documents = ", ".join(one.documents) or "an address"
        table.add_row(one.tombstone_id, state, documents, Text(one.reason or ""))
    Console().print(table)


def _tombstone(identity: str, reason: str | None, found: list[Found], earlier: Tombstone | None) -> Tombstone:
    from assets.search import is_document

    texts = {tombstones.text_digest(one.text) for one in found}
    documents = {one.document_id for one in found}
    return Tombstone(
        tombstone_id=_key(identity),
        forgotten_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reason=reason or (earlier.reason if earlier else None),
        documents=tuple(sorted(documents.union(earlier.documents if earlier else ()))),
        texts=tuple(sorted(texts.union(earlier.texts if earlier else ()))),
        addresses=() if is_document(identity) else (tombstones.address_digest(identity),),
    )


def _known(home: Home, identity: str) -> Tombstone | None:
    """The tombstone that was made for this, or that bears this id, or that stands for this document."""
    every = tombstones.every(home)
    mine = (_key(identity), identity)
    return next(
        (one for one in every if one.tombstone_id in mine),
        next((one for one in every if identity in one.documents), None),
    )


def _key(identity: str) -> str:
    """The name of a tombstone: a digest of what was asked for."""
    from assets.search import is_document

    return tombstones.text_digest(identity if is_document(identity) else tombstones.address_digest(identity))[
        :12
    ]


def _run(home: Home, do: Callable[[Work], object]) -> None:
    """Do something as a run of its own, with a record in the history."""
    from assets.work import Work
    from checks.audit import AuditError

    work = Work(home, f"forget-{uuid.uuid4()}", pipeline_stages())
    try:
        do(work)
    except AuditError as error:
        work.fail(str(error))
        raise CommandError(
            f"{error}\nthe published file is as it was: it still holds what was to be forgotten", code=1
        ) from error
    except BaseException as error:
        work.fail(f"{type(error).__name__}: {error}")
        raise
