"""What the commands without a warehouse read."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.limits import Limits
from pipelines.ingest.lines import BadLine, read_jsonl_or_text


def read(content: bytes | str, **limits: int) -> list[dict[str, Any] | BadLine]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_jsonl_or_text(io.BytesIO(data), "a.txt", Limits(**limits)))


def test_objects_come_as_they_are() -> None:
    lines = [{"id": 1, "text": "One.\r\n", "more": [1]}, {"id": "x", "raw_text": "Two."}]
    assert read("\n".join(json.dumps(line) for line in lines) + "\n\n") == lines


def test_a_broken_line_comes_in_its_place_with_its_number() -> None:
    first, broken, number, last = read('{"id": 1}\n\n{"id": \n17\n{"id": 2}\n')
    assert (first, last) == ({"id": 1}, {"id": 2})
    assert isinstance(broken, BadLine)
    assert isinstance(number, BadLine)
    assert (broken.line, broken.reason) == (3, "broken-json")
    assert (number.line, number.reason) == (4, "not-an-object")
    assert str(broken).startswith("line 3: It is not valid JSON")


def test_a_broken_first_line_does_not_make_a_plain_text_of_the_rest() -> None:
    broken, second = read('{"id": 1, "text": "unfinis\n{"id": 2}')
    assert isinstance(broken, BadLine)
    assert second == {"id": 2}


def test_anything_else_is_one_plain_text() -> None:
    assert read("\nTalks began.\r\n[Updated] They ended.\n") == [
        {"id": "a.txt", "text": "\nTalks began.\n[Updated] They ended.\n"}
    ]
    assert read("[Updated] Talks began.") == [{"id": "a.txt", "text": "[Updated] Talks began."}]


def test_plain_text_in_another_encoding() -> None:
    assert read("Jednání začala.\n".encode("utf-16")) == [{"id": "a.txt", "text": "Jednání začala.\n"}]


def test_an_object_or_a_list_over_several_lines() -> None:
    assert read(json.dumps({"id": 1, "text": "T."}, indent=2)) == [{"id": 1, "text": "T."}]
    assert read(json.dumps([{"id": 1}, {"id": 2}], indent=2)) == [{"id": 1}, {"id": 2}]
    (broken,) = read('{\n  "id": 1,\n')
    assert isinstance(broken, BadLine)


def test_nothing_gives_nothing() -> None:
    assert read("") == read("\n \n") == []


def test_what_is_no_text_or_too_long_is_a_bad_line() -> None:
    (noise,) = read(bytes(range(256)) * 4)
    (long,) = read("word " * 100, max_record_bytes=50)
    good, line = read('{"id": 1}\n{"id": "' + "x" * 100 + '"}', max_record_bytes=50)
    assert [bad.reason for bad in (noise, long, line) if isinstance(bad, BadLine)] == [
        "binary",
        "too-large",
        "too-large",
    ]
    assert good == {"id": 1}


def test_lone_surrogates_keep_their_place() -> None:
    assert read('{"text": "a\\udc80b"}') == [{"text": "a\ufffdb"}]


@given(st.binary(max_size=300))
def test_no_stream_raises(data: bytes) -> None:
    for item in read(data):
        assert isinstance(item, BadLine | dict)


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text()}), min_size=1, max_size=4))
def test_json_lines_come_back(rows: list[dict[str, str]]) -> None:
    assert read("\n".join(json.dumps(row) for row in rows)) == rows
