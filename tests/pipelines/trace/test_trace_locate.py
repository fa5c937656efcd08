"""A sentence in the bytes of its record: the bytes are those of the sentence in every encoding and format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.sources import discover
from pipelines.trace.locate import Sought, locate_in_bytes, locate_in_text
from pipelines.trace.records import Reread, reread, source_of

SENTENCE = "Česká minister met the Łódź port chief, “at last”."
SOUGHT = Sought(SENTENCE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_bytes_are_those_of_the_sentence_in_any_encoding(encoding: str) -> None:
    raw = f"\ufeffPříliš dlouhý úvod.\n\n{SENTENCE}\nThe end.".encode(encoding)
    located = locate_in_bytes(SOUGHT, raw, encoding, "txt", "text")
    assert located is not None
    assert raw[located.start : located.end].decode(encoding) == SENTENCE


def test_bytes_are_exact_behind_damaged_ones() -> None:
    raw = b"Cut here \xe2\x80 and there \xff. " + SENTENCE.encode()
    located = locate_in_bytes(SOUGHT, raw, "utf-8-damaged", "txt", "text")
    assert located is not None
    assert raw[located.start : located.end] == SENTENCE.encode()


def test_an_encoding_that_does_not_fit_gives_no_bytes() -> None:
    assert locate_in_bytes(SOUGHT, b"\xff\xfeodd", "utf-32-be", "txt", "text") is None


def test_a_sentence_over_two_lines_says_so() -> None:
    located = locate_in_text(SOUGHT, f"Before. {SENTENCE.replace(' the ', chr(10) + 'the ')} After.", "text")
    assert located is not None
    assert located.lines == 2
    assert (located.before, located.after) == ("Before. ", " After.")


def test_a_sentence_on_one_line_says_so_though_the_json_has_escapes() -> None:
    raw = json.dumps({"text": f"One.\nTwo.\n{SENTENCE}\n"}).encode()
    located = locate_in_bytes(SOUGHT, raw, "utf-8", "jsonl", "text")
    assert located is not None
    assert located.lines == 1
    assert json.loads(b'"' + raw[located.start : located.end] + b'"') == SENTENCE


@given(st.text(alphabet="aé€😀 \n.", max_size=30), st.text(alphabet="aé€😀 \n.", max_size=30))
def test_bytes_are_those_of_the_sentence_whatever_stands_around_it(before: str, after: str) -> None:
    raw = f"{before}\n{SENTENCE}\n{after}".encode()
    located = locate_in_bytes(SOUGHT, raw, "utf-8", "txt", "text")
    assert located is not None
    assert raw[located.start : located.end].decode() == SENTENCE


def as_csv(texts: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([["id", "text", "date"], *([n, text, "2024-05-01"] for n, text in enumerate(texts))])
    return out.getvalue().encode()


def as_lines(texts: list[str]) -> bytes:
    return "\n\n".join(json.dumps({"text": text}) for text in texts).encode()


def as_list(texts: list[str]) -> bytes:
    return json.dumps([{"text": text} for text in texts], indent=2).encode()


TEXTS = ["The same text.", "A text with a\nbreak in it", "The same text.", "Łódź again."]


def read_again(path: Path, number: int) -> Reread | None:
    (source,) = discover([path])
    return reread(source, source.uri, number)


@pytest.mark.parametrize(("ending", "written"), [("csv", as_csv), ("jsonl", as_lines), ("json", as_list)])
def test_a_record_begins_where_its_bytes_do(
    tmp_path: Path, ending: str, written: Callable[[list[str]], bytes]
) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(written(TEXTS))
    numbers = [0, 2, 4, 6] if ending == "jsonl" else [0, 1, 2, 3]  # lines are counted, blank ones too
    records = [read_again(path, number) for number in numbers]
    assert all(record is not None and record.raw is not None for record in records)
    offsets = [record.offset for record in records if record]
    assert offsets == sorted(set(offsets))  # type: ignore[type-var]
    for record in records:
        assert record is not None
        assert record.offset is not None
        assert path.read_bytes()[record.offset :].startswith(record.raw or b"?")


def test_what_is_gone_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("One text.")
    (source,) = discover([path])
    assert reread(source, source.uri, 1) is None
    path.unlink()
    assert reread(source, source.uri, 0) is None
    (missing,) = discover([path])
    assert reread(missing, missing.uri, 0) is None


def test_a_file_in_an_archive_is_looked_for_in_the_archive(tmp_path: Path) -> None:
    for name in ("a.zip", "a.zip.txt"):
        (tmp_path / name).write_text("text")
    sources = discover([tmp_path])
    inside = source_of(sources, f"{tmp_path.name}/a.zip//folder/b.txt")
    assert inside is not None
    assert inside.path.name == "a.zip"
    assert source_of(sources, "elsewhere/a.zip") is None
