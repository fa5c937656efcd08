"""Every line of the input is kept or dropped with a declared reason, and the sums agree."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.accounting import AccountedLine, reasons
from pipelines.clean.knowledge import DATA, read_toml
from pipelines.clean.model import CleanDocument, RawDocument
from pipelines.clean.stage import clean_and_account, clean_document

LEAD = "The envoys of both kingdoms met on the frozen river on Monday and agreed to count the bridges."
SECOND = "A list of the bridges will be read aloud in both parliaments before the ice has gone, they said."
SENTENCES = [
    LEAD,
    SECOND,
    "Nobody expects the count to take less than three winters, a bridge keeper told us.",
]
FRAME = [
    "Home",
    "Menu",
    "Facebook",
    "Related articles",
    "12 May 2031",
    "By Flavia Elphberg",
    "Leave a reply",
    "42",
]
LINES = st.lists(st.one_of(st.sampled_from(SENTENCES + FRAME), st.text(max_size=40)), max_size=30)
ENVELOPES = st.sampled_from(
    [
        "",
        "date 2031-05-12 https://courier.example/bridges ",
        "Title: Bridges\nDate: 2031-05-12\n\n",
        "\ufeff\n",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"])


def work_through(
    text: str, content: Literal["text", "html"] = "text"
) -> tuple[CleanDocument, list[AccountedLine]]:
    return clean_and_account(RawDocument("d1", text, content))


@settings(max_examples=150, deadline=None)
@given(ENVELOPES, LINES, ENDS)
def test_accounted_lines_are_the_input(envelope: str, lines: list[str], end: str) -> None:
    text = envelope + end.join(lines)
    document, accounted = work_through(text)
    assert "".join(line.text for line in accounted) == text
    positions = [line.position for line in accounted if line.reason != "envelope"]
    assert positions == sorted(set(positions))
    for line in accounted:
        if line.kept or not line.text.strip():
            assert line.reason is None
        else:
            assert line.reason in reasons()
    assert document == clean_document(RawDocument("d1", text))


@settings(max_examples=100, deadline=None)
@given(ENVELOPES, st.lists(st.sampled_from([*SENTENCES, *FRAME, "", "Bridges counted at last"]), max_size=20))
def test_kept_lines_are_the_body(envelope: str, lines: list[str]) -> None:
    document, accounted = work_through(envelope + "\n".join(lines))
    kept = "".join(line.text for line in accounted if line.kept)
    assert "".join(kept.split()) == "".join(document.body.split())


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_share_of_boilerplate_is_what_the_lines_add_up_to(lines: list[str]) -> None:
    text = re.sub("[^ -~\n]", "", "\n".join(lines))
    document, accounted = work_through(text)
    sizes = {
        kind: sum(len(line.text.strip()) for line in accounted if bool(line.kept) is kind)
        for kind in (True, False)
    }
    title = sum(len(line.text.strip()) for line in accounted if line.reason in ("title", "envelope"))
    whole = sizes[True] + sizes[False]
    assert document.boilerplate_share == pytest.approx((sizes[False] - title) / whole if whole else 0.0)


def test_details_tell_the_phrase_the_line_or_the_count() -> None:
    lines = [
        LEAD,
        SECOND,
        LEAD,
        "Related articles",
        "King opens bridge",
        "Storm hits town",
        "All rights reserved.",
    ]
    _, accounted = work_through("\n".join(lines))
    details = {line.text.strip(): (line.reason, line.detail) for line in accounted if line.position > 1}
    assert details[LEAD] == ("repeat", "of line 1")
    assert details["King opens bridge"] == ("related_links", "under “related articles”")
    assert details["All rights reserved."] == ("copyright", "“all rights reserved”")


def test_visible_lines_of_a_page_are_accounted_for() -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<html><body><ul><li>Home</li></ul><article><h1>Bridges</h1>{paragraphs}</article></body></html>"
    document, accounted = work_through(page, content="html")
    assert LEAD in document.body
    texts = [line.text.strip() for line in accounted]
    assert [text for text in texts if text in SENTENCES] == SENTENCES
    assert all(line.kept or line.reason in reasons() for line in accounted if line.text.strip())


def test_page_that_is_no_html_is_accounted_for_too() -> None:
    document, accounted = work_through("", content="html")
    assert document.rejected and accounted == []


def test_reasons_of_the_data_files_are_declared() -> None:
    for path in (DATA / "chrome").glob("*.toml"):
        assert {kind["reason"] for kind in read_toml(f"chrome/{path.name}")["chrome"]} <= reasons().keys()


def test_each_reason_is_explained_in_a_sentence() -> None:
    unclear = {name for name, told in reasons().items() if not re.fullmatch(r"[A-Z].{15,150}\.", told)}
    assert unclear == set()
