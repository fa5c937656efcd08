"""``communique clean`` and ``communique extract``: one stage on its own, without a warehouse."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assets.cli.errors import CommandError
from assets.cli.fields import given_fields


def clean_command(file: str, *, fields: str | None = None) -> None:
    """Clean JSON lines; a line out per line in, in the same order. ``fields`` are names as for a run."""
    from pipelines.clean.model import RawDocument
    from pipelines.clean.stage import clean_document
    from pipelines.ingest.fields import read_fields

    given = given_fields(fields) or ()
    for number, record in _records(file):
        read = read_fields(record, given)
        if read is None:
            raise CommandError(
                f'{file}, line {number}: no "raw_text", "text" or other field that is known to hold text: '
                "name it with --fields text=NAME"
            )
        raw = RawDocument(
            document_id=_identity(record, number),
            text=read.text,
            content="html" if record.get("content") == "html" else read.content,
            url=read.url,
            published=read.published,
            title=read.title,
            author=read.author,
            publisher=read.publisher,
        )
        cleaned = clean_document(raw)
        names = (
            "title",
            "body",
            "language",
            "published_edtf",
            "published_method",
            "url",
            "publisher",
            "rejected",
        )
        _write({"id": record.get("id"), **{name: getattr(cleaned, name) for name in names}})


def extract_command(file: str, *, explained: bool = False) -> None:
    """Extract from JSON lines or one plain text; a line out per text, or plain words on how it was read."""
    from pipelines.extract.explain import explain
    from pipelines.extract.extractor import Extractor
    from pipelines.extract.json_out import as_json
    from pipelines.extract.model import Article

    def articles() -> Iterator[Article]:
        for number, record in _texts(file):
            if not isinstance(record.get("text"), str):
                raise CommandError(f'{file}, line {number}: no "text"')
            yield Article(_identity(record, number), record["text"], _optional(record, "date"))

    extractor = Extractor.load()
    if explained:
        for article in articles():
            sys.stdout.writelines(f"{line}\n" for line in explain(extractor, article))
        return
    for extraction in extractor.extract(articles()):
        _write(as_json(extraction))


def _texts(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Records of JSON lines, or the whole input as one text where its first line is no JSON object."""
    text = _content(file)
    if text.lstrip().startswith("{"):
        yield from _parsed(file, text)
    else:
        yield 1, {"id": "-" if file == "-" else Path(file).name, "text": text}


def _records(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    return _parsed(file, _content(file))


def _parsed(file: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CommandError(f"{file}, line {number}: not JSON: {error}") from error
        if not isinstance(record, dict):
            raise CommandError(f"{file}, line {number}: not a JSON object")
        yield number, record


def _content(file: str) -> str:
    try:
        return sys.stdin.buffer.read().decode() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 text: use `communique run` for other encodings") from error


def _identity(record: dict[str, Any], number: int) -> str:
    return str(record["id"]) if record.get("id") is not None else str(number)


def _optional(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    return str(value) if value is not None else None


def _write(record: dict[str, Any]) -> None:
    # A lone surrogate, which UTF-8 cannot hold, is written as the escape that JSON has for it.
    line = json.dumps(record, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
