"""``communique extract``: one stage on its own, without a warehouse; and reading and writing of JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assets.cli.errors import CommandError


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
            yield Article(identity(record, number), record["text"], _optional(record, "date"))

    extractor = Extractor.load()
    if explained:
        for article in articles():
            sys.stdout.writelines(f"{line}\n" for line in explain(extractor, article))
        return
    for extraction in extractor.extract(articles()):
        write_record(as_json(extraction))


def _texts(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Records of JSON lines, or the whole input as one text where its first line is no JSON object."""
    text = _content(file)
    if text.lstrip().startswith("{"):
        yield from parsed(file, text.split("\n"))
    else:
        yield 1, {"id": "-" if file == "-" else Path(file).name, "text": text}


def parsed(file: str, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number, from 1, and the content of each of ``lines`` that holds a record; ``file`` is for errors."""
    for number, line in enumerate(lines, start=1):
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


def identity(record: dict[str, Any], number: int) -> str:
    """Return a record's own id, else its number."""
    return str(record["id"]) if record.get("id") is not None else str(number)


def _optional(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    return str(value) if value is not None else None


def write_record(record: dict[str, Any]) -> None:
    """Write a record as a JSON line to standard output."""
    # A lone surrogate, which UTF-8 cannot hold, is written as the escape that JSON has for it.
    line = json.dumps(record, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
