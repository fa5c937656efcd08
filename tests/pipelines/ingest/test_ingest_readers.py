"""What each format gives: fields, numbers, bytes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ingested import Ingested

Read = Callable[..., Ingested]


def parquet(rows: dict[str, Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(rows), buffer, **options)
    return buffer.getvalue()


def texts(result: Ingested) -> list[str]:
    return [
        row["text"] for row in sorted(result.documents, key=lambda row: (row["source_uri"], row["record"]))
    ]


def test_fields_go_by_many_names_and_nothing_is_invented(read: Read) -> None:
    lines = [
        {"maintext": "A.", "title": "T", "date_publish": "2021-03-04 05:06:07", "source_domain": "x.org"},
        {"Content": "B.", "headline": "T", "pubDate": "Thu, 04 Mar 2021", "link": "https://x.org/b"},
        {"article": "C.", "authors": ["Ann Ode", "Bo Leaf"], "source": {"id": 3, "name": "The Example"}},
        {"text": "D.", "timestamp": 1614834367, "author": None, "publisher": " ", "rank": 7},
    ]
    result = read({"a.jsonl": "\n".join(json.dumps(line) for line in lines)})
    beside = ("text", "title", "published", "url", "author", "publisher")
    assert [tuple(document[name] for name in beside) for document in result.documents] == [
        ("A.", "T", "2021-03-04 05:06:07", None, None, "x.org"),
        ("B.", "T", "Thu, 04 Mar 2021", "https://x.org/b", None, None),
        ("C.", None, None, None, "Ann Ode; Bo Leaf", "The Example"),
        ("D.", None, "1614834367", None, None, None),
    ]


def test_paragraphs_in_a_list_are_one_text(read: Read) -> None:
    assert texts(read({"a.json": '{"text": ["One.", "Two."]}'})) == ["One.\n\nTwo."]


def test_the_first_field_that_says_something_is_the_text(read: Read) -> None:
    assert texts(read({"a.json": '{"body": "Second.", "text": " "}'})) == ["Second."]


def test_html_beside_or_instead_of_text(read: Read) -> None:
    page = "<!DOCTYPE html><html><p>Talks.</p></html>"
    result = read(
        {
            "a.html": page,
            "b.jsonl": json.dumps({"html": "<p>Other.</p>"})
            + "\n"
            + json.dumps({"text": "T.", "html": "<p>T"}),
            "c.txt": "\n" + page.replace("Talks", "More talks"),
        }
    )
    assert [(row["content"], row["text"].strip()) for row in result.documents] == [
        ("html", page),
        ("html", "<p>Other.</p>"),
        ("text", "T."),
        ("html", page.replace("Talks", "More talks")),
    ]


def test_a_page_is_decoded_as_it_declares(read: Read) -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Мир и труд'
    result = read({"a.html": page.encode("cp1251")})
    assert texts(result) == [page]
    assert result.documents[0]["encoding"] == "cp1251"


def test_json_strings_may_hold_what_files_may_not(read: Read) -> None:
    result = read({"a.jsonl": '{"text": "a\\ud800b\\u0000c\\r\\nd \\ud83d\\ude00"}'})
    assert texts(result) == ["a\ufffdbc\nd 😀"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_list_of_objects_is_as_many_records(read: Read, name: str) -> None:
    rows = [{"text": f"Report {number}."} for number in range(3)]
    result = read({name: json.dumps([*rows, "no object"], indent=2)})
    assert [row["outcome"] for row in result.inputs] == ["accepted"] * 3 + ["rejected"]
    assert result.inputs[0]["bytes"] == len(json.dumps(rows[0], indent=2).replace("\n", "\n  "))


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_object_over_several_lines_is_one_record(read: Read, name: str) -> None:
    assert texts(read({name: json.dumps({"text": "One."}, indent=1)})) == ["One."]


def test_json_lines_under_the_name_of_json(read: Read) -> None:
    result = read({"a.json": '{"text": "One."}\n{"broken\n{"text": "Two."}\n'})
    assert texts(result) == ["One.", "Two."]
    assert [row["reason"] for row in result.inputs] == [None, "broken-json", None]


def test_a_list_gives_what_stands_before_its_fault(read: Read) -> None:
    result = read({"a.json": '[{"text": "One."}, {"text": "Two."}, {"text" "Three."}, {"text": "Four."}]'})
    assert texts(result) == ["One.", "Two."]
    assert [(row["record"], row["reason"]) for row in result.inputs] == [
        (0, None),
        (1, None),
        (2, "broken-json"),
    ]


def test_a_list_longer_than_what_is_read_at_once(read: Read) -> None:
    rows = [{"text": f"{number} " + "word " * (number * 37 % 9000)} for number in range(60)]
    result = read({"a.json": json.dumps(rows)})
    assert texts(result) == [row["text"] for row in rows]


def test_an_element_longer_than_an_article_ends_the_list(read: Read) -> None:
    rows = [{"text": "Short."}, {"text": "x" * 300_000}, {"text": "Also short."}]
    result = read({"a.json": json.dumps(rows)}, max_record_bytes=100_000)
    assert [row["reason"] for row in result.inputs] == [None, "too-large"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_records_in_other_encodings(read: Read, name: str, encoding: str) -> None:
    said = [f"Le ministre a été reçu à l’hôtel n° {number}." for number in range(3)]
    rows = {
        "a.jsonl": "".join(json.dumps({"text": text}, ensure_ascii=False) + "\r\n" for text in said),
        "a.json": json.dumps([{"text": text} for text in said], ensure_ascii=False),
        "a.csv": "text,url\r\n" + "".join(f'"{text}",u\r\n' for text in said),
    }
    content = rows[name].encode(encoding)
    result = read({name: content})
    assert texts(result) == said
    if name == "a.jsonl":
        assert sum(row["bytes"] for row in result.inputs) == len(content)


def test_rows_of_a_table_with_line_breaks_in_cells(read: Read) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows(
        [["date", "title", "text"], ["2020-01-02", 'The "big" day', "One.\n\nTwo."], ["", "", "Three."]]
    )
    result = read({"a.csv": buffer.getvalue()})
    assert texts(result) == ["One.\n\nTwo.", "Three."]
    assert [row["title"] for row in result.documents] == ['The "big" day', None]
    assert [row["record"] for row in result.inputs] == [0, 1]
    header = buffer.getvalue().index("\n") + 1
    assert sum(row["bytes"] for row in result.inputs) == len(buffer.getvalue()) - header


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ";"), ("a.csv", "\t"), ("a.csv", "|"), ("a.tsv", "\t")])
def test_the_delimiter_is_told_from_the_header(read: Read, name: str, mark: str) -> None:
    content = f"title{mark}text\nT{mark}Ships, planes and talks.\n"
    assert texts(read({name: content})) == ["Ships, planes and talks."]


def test_broken_rows_cost_themselves_only(read: Read) -> None:
    content = 'title,text\nA,One.\nB\nC,Two.,more\nD,"said "so" twice"\nE,Three.\n'
    result = read({"a.csv": content})
    assert [row["reason"] for row in result.inputs] == [None, "broken-row", "broken-row", "broken-row", None]
    assert texts(result) == ["One.", "Three."]
    assert result.kept["inbox/a.csv", 1] == b"B\n"


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest(read: Read) -> None:
    content = 'title,text\nA,One.\n"B,Two.\n' + "".join(f"C,Report {number}.\n" for number in range(50))
    result = read({"a.csv": content})
    assert [row["outcome"] for row in result.inputs] == ["accepted", "rejected", *["accepted"] * 50]


def test_quotation_marks_are_just_that_in_tables_without_quoting(read: Read) -> None:
    result = read({"a.tsv": 'title\ttext\n"Enough," says envoy\tHe left.\n"Never\tShe stayed.\n'})
    assert [row["title"] for row in result.documents] == ['"Enough," says envoy', '"Never']


def test_lines_that_end_the_old_way(read: Read) -> None:
    assert texts(read({"a.csv": "text\rOne.\rTwo.\r"})) == ["One.", "Two."]


def test_of_columns_with_one_name_the_first_counts(read: Read) -> None:
    assert texts(read({"a.csv": "text,text\nFirst.,Second.\n"})) == ["First."]


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
@pytest.mark.parametrize("use_dictionary", [True, False])
def test_rows_of_a_parquet_file(read: Read, compression: str, use_dictionary: bool) -> None:
    rows = {
        "body": [f"Report {number}." for number in range(200)],
        "published_at": [datetime(2022, 5, 6, 7, 8, tzinfo=UTC)] * 200,
        "authors": [["Ann Ode"]] * 200,
        "picture": [b"\x89PNG\r\n\x1a\n\x00"] * 200,
    }
    result = read({"a.parquet": parquet(rows, compression=compression, use_dictionary=use_dictionary)})
    assert texts(result) == rows["body"]
    assert {row["published"] for row in result.documents} == {"2022-05-06T07:08:00.000000Z"}
    assert {row["author"] for row in result.documents} == {"Ann Ode"}
    assert [row["record"] for row in result.inputs] == list(range(200))


def test_parquet_dates_missing_values_and_bytes(read: Read) -> None:
    rows = {"text": [b"One.", b"caf\xe9", None], "date": [date(2021, 2, 3), None, None]}
    result = read({"a.parquet.gz": gzip.compress(parquet(rows))})
    assert texts(result) == ["One.", "café"]
    assert [row["published"] for row in result.documents] == ["2021-02-03", None]
    assert result.outcomes()[("a.parquet.gz", 2)] == ("rejected", "empty")


def test_parquet_without_text_names_its_columns(read: Read) -> None:
    row = read({"a.parquet": parquet({"colour": ["red"]})}).only()
    assert row["reason"] == "no-text-field"
    assert "colour" in row["detail"]


def test_a_parquet_bomb_is_refused(read: Read) -> None:
    rows = {"text": ["A" * 3_000_000 + str(number) for number in range(8)]}
    result = read({"a.parquet": parquet(rows, compression="zstd")})
    assert result.only()["reason"] == "expansion-bound"


@pytest.mark.parametrize("cut", [10, 200, 1000])
def test_damaged_parquet_is_refused(read: Read, cut: int) -> None:
    whole = parquet({"text": [f"Report {number}." for number in range(100)]}, compression="none")
    damaged = whole[:cut] + b"\xff" * 40 + whole[cut + 40 :]
    result = read({"a.parquet": damaged, "b.parquet": whole[:-9]})
    assert {row["reason"] for row in result.inputs if row["outcome"] == "rejected"} >= {"corrupt-parquet"}
