"""``communique clean``: the clean stage on its own, without a warehouse.

The input is read twice: first to learn which lines the documents of a site share, then to clean them.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from assets.cli.errors import CommandError
from assets.cli.fields import given_fields
from assets.cli.texts import identity, parsed, write_record
from pipelines.ingest.fields import read_fields
from pipelines.ingest.naming import Given

if TYPE_CHECKING:
    from pipelines.clean.accounting import AccountedLine
    from pipelines.clean.model import CleanDocument, RawDocument
    from pipelines.clean.site_lines import SharedLines

WRITTEN = ("title", "body", "language", "published_edtf", "published_method", "url", "publisher", "rejected")
IN_MEMORY = 16_000_000  # bytes of standard input kept in memory; the rest waits in a temporary file
CHUNK = 500  # documents counted at a time
WIDTH = 120  # characters of a line that are shown


def clean_command(file: str, *, fields: str | None = None, explained: bool = False) -> None:
    """Clean JSON lines; a line out per line in, in the same order, or plain words on every line of the texts.

    ``fields`` are names as for a run.
    """
    from pipelines.clean.stage import clean_and_account, clean_document

    given = given_fields(fields) or ()
    with _readable_twice(file) as source:
        shared = _learn(document for _, document in _documents(file, source, given))
        source.seek(0)
        for record, document in _documents(file, source, given):
            if explained:
                sys.stdout.writelines(f"{line}\n" for line in _told(*clean_and_account(document, shared)))
            else:
                cleaned = clean_document(document, shared)
                write_record({"id": record.get("id"), **{name: getattr(cleaned, name) for name in WRITTEN}})


@contextmanager
def _readable_twice(file: str) -> Iterator[IO[bytes]]:
    """Open the file, or a copy of what can be read only once: standard input, a pipe."""
    with nullcontext(sys.stdin.buffer) if file == "-" else _opened(file) as source:
        if file != "-" and source.seekable():
            yield source
            return
        with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy


def _opened(file: str) -> IO[bytes]:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror or error}") from error


def _documents(file: str, source: IO[bytes], given: Given) -> Iterator[tuple[dict[str, Any], RawDocument]]:
    """Yield each record of the input, as it came and as the clean stage takes it."""
    from pipelines.clean.model import RawDocument

    for number, record in parsed(file, _decoded(file, source)):
        read = read_fields(record, given)
        if read is None:
            raise CommandError(
                f'{file}, line {number}: no "raw_text", "text" or other field that is known to hold text: '
                "name it with --fields text=NAME"
            )
        yield (
            record,
            RawDocument(
                document_id=identity(record, number),
                text=read.text,
                content="html" if record.get("content") == "html" else read.content,
                url=read.url,
                published=read.published,
                title=read.title,
                author=read.author,
                publisher=read.publisher,
            ),
        )


def _decoded(file: str, source: IO[bytes]) -> Iterator[str]:
    try:
        for line in source:
            yield line.decode()
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 text: use `communique run` for other encodings") from error


def _learn(documents: Iterator[RawDocument]) -> SharedLines:
    """Count the lines of all documents, some at a time."""
    import pyarrow as pa

    from pipelines.clean.site_lines import COUNTS, SharedLines, add_counts, count_lines

    counts = COUNTS.empty_table()
    schema = pa.schema([(name, pa.string()) for name in ("content", "text", "url")])
    while rows := list(islice(documents, CHUNK)):
        columns = [pa.array([getattr(row, field.name) for row in rows], field.type) for field in schema]
        counts = add_counts([counts, count_lines(pa.table(columns, schema=schema))])
    return SharedLines.from_counts(counts)


def _told(document: CleanDocument, lines: list[AccountedLine]) -> Iterator[str]:
    """Tell what became of each line of a document: one line for each, then the sums."""
    yield f"== {_shown(document.document_id)}: {_shown(document.title or 'no title')}"
    for line in lines:
        if line.kept:
            fate = "kept"
        elif line.reason:
            fate = f"{line.reason} ({line.detail})" if line.detail else line.reason
        else:
            continue
        yield f"{line.position + 1:>5}  {_shown(fate)[:44]:<44}  {_shown(line.text)}"
    kept = sum(line.kept for line in lines)
    dropped = Counter(line.reason for line in lines if line.reason)
    share = f"{document.boilerplate_share:.0%}"
    yield f"   kept {kept} of {kept + dropped.total()} lines; boilerplate is {share} of the text"
    yield from (
        f"{count:>8} {reason}"
        for reason, count in sorted(dropped.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    if document.rejected:
        yield f"   no article: {document.rejected}"
    yield ""


def _shown(text: str) -> str:
    """Return ``text`` cut to a width, without characters that could play with a terminal."""
    text = text.strip()
    cut = text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut)
