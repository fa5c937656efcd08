"""Stories: what counts as a copy, who leads, and that neither order nor earlier work changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ids import stable_id
from pipelines.resolve import stories
from pipelines.resolve.stories import find_stories, grouped
from pipelines.signatures import sign
from warehouse.tables import table
from warehouse.tables.arrow import empty

Row = tuple[str, str, date | None]
"""A document's id, body and publication day."""

DAY = date(2024, 3, 1)


def words(first: int, count: int) -> str:
    return " ".join(f"w{number}" for number in range(first, first + count))


def documents(rows: Sequence[Row]) -> pa.Table:
    return pa.table(
        {
            "document_id": [row[0] for row in rows],
            "batch": ["b"] * len(rows),
            "body": pa.array([row[1] for row in rows], pa.string()),
            "published_on": pa.array([row[2] for row in rows], pa.date32()),
            "words": [len(row[1].split()) for row in rows],
        }
    )


class Told:
    """The stories of some documents, and what was compared to find them."""

    def __init__(
        self, rows: Sequence[Row], earlier: pa.Table | None = None, signatures: pa.Table | None = None
    ) -> None:
        with duckdb.connect() as con:
            con.register("documents", documents(rows))
            con.register("document_signatures", sign(documents(rows)) if signatures is None else signatures)
            con.register("earlier_story_pairs", empty(table("story_pairs")) if earlier is None else earlier)
            find_stories(con)
            self.pairs = con.sql("SELECT * FROM story_pairs ORDER BY ALL").to_arrow_table()
            found = con.sql("SELECT document_id, story_id, is_story_lead FROM document_stories").fetchall()
        self.story = {document: story for document, story, _ in found}
        self.leads = {story: document for document, story, is_lead in found if is_lead}

    def together(self, *names: str) -> bool:
        return len({self.story[name] for name in names}) == 1


def test_a_copy_with_another_heading_is_of_the_same_story() -> None:
    body = words(0, 200)
    told = Told([("a", body, DAY), ("b", f"Our own desk reports {body}", DAY), ("c", words(500, 200), DAY)])
    assert told.together("a", "b")
    assert not told.together("a", "c")


def test_case_and_punctuation_do_not_part_copies() -> None:
    told = Told([("a", "Peru and Chile met in Lima.", DAY), ("b", "PERU AND CHILE MET - IN LIMA!", DAY)])
    assert told.together("a", "b")


def test_half_a_report_is_another_story() -> None:
    assert not Told([("a", words(0, 200), DAY), ("b", words(0, 100), DAY)]).together("a", "b")


def test_copies_of_copies_hang_together() -> None:
    rows = [(name, words(first, 200), DAY) for name, first in (("a", 0), ("b", 15), ("c", 30))]
    assert Told(rows).together("a", "b", "c")
    assert not Told([rows[0], rows[2]]).together("a", "c")


def test_the_earliest_leads_then_the_fullest_then_the_smallest_id() -> None:
    body = words(0, 200)
    later, undated = ("a", f"{body} and more", DAY + timedelta(1)), ("b", body, None)
    fuller, first = ("z", f"{body} more", DAY), ("c", body, DAY)
    other_first = ("d", body, DAY)
    assert set(Told([later, undated]).leads.values()) == {"a"}
    assert set(Told([later, undated, first, other_first]).leads.values()) == {"c"}
    assert set(Told([later, undated, first, other_first, fuller]).leads.values()) == {"z"}


def test_the_storys_id_stays_when_further_copies_arrive() -> None:
    body = words(0, 200)
    before = Told([("m", body, DAY)])
    after = Told(
        [
            ("m", body, DAY),
            ("a", body, DAY),  # the same words under a smaller id, which takes the lead
            ("b", f"{body} reprinted in full the day after", DAY + timedelta(1)),
            ("c", words(0, 180), DAY),  # the same day, but cut
            ("e", body, DAY - timedelta(1)),  # the same words a day earlier
            ("u", f"{body} undated", None),
        ]
    )
    assert after.together(*"mabceu")
    assert after.story["m"] == before.story["m"]


def test_another_wording_that_was_first_gives_the_story_its_id() -> None:
    body, first = ("m", words(0, 200), DAY), ("f", words(3, 200), DAY - timedelta(1))
    told = Told([body, first])
    assert told.story["m"] == Told([first]).story["f"] != Told([body]).story["m"]


def test_only_what_a_new_text_resembles_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bridge = [(f"b{first}", words(first, 200), DAY) for first in range(0, 60, 10)]
    ferry = [(f"f{first}", words(5000 + first, 200), DAY) for first in range(0, 30, 10)]
    before, alone = Told(bridge + ferry[:-1]), Told(bridge + ferry)
    read: list[str] = []
    real = stories.shingles
    monkeypatch.setattr(stories, "shingles", lambda body: read.append(body) or real(body))
    after = Told(bridge + ferry, before.pairs)
    assert sorted(read) == sorted(body for _, body, _ in ferry)
    assert (after.story, after.pairs) == (alone.story, alone.pairs)


def test_nothing_new_means_that_no_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"d{first}", words(first, 200), DAY) for first in range(0, 60, 10)]
    before = Told(rows)

    def fail(body: str) -> None:
        raise AssertionError(f"read {body[:20]}")

    monkeypatch.setattr(stories, "shingles", fail)
    assert Told(rows, before.pairs).story == before.story


def test_pairs_of_texts_that_have_gone_are_forgotten() -> None:
    rows = [(f"d{first}", words(first, 200), DAY) for first in range(0, 60, 10)]
    fewer = Told(rows[:2], Told(rows).pairs)
    assert fewer.pairs == Told(rows[:2]).pairs


def test_documents_from_before_signatures_were_kept_are_found_too() -> None:
    body = words(0, 200)
    rows = [("a", body, DAY), ("b", f"{body} again", DAY)]
    assert Told(rows, signatures=sign(documents(rows[:1]))).together("a", "b")


def test_many_variants_of_one_report_stay_one_story_beyond_the_largest_bucket() -> None:
    rows = [(f"d{number:03}", f"{words(0, 300)} desk{number}", DAY) for number in range(120)]
    told = Told(rows)
    assert told.together(*told.story)
    assert told.pairs.num_rows < 120 * 100  # fewer than everybody with everybody over and over


def test_no_documents_make_no_stories() -> None:
    assert Told([]).story == {}


def test_groups_are_closed_over_chains() -> None:
    assert grouped([(5, 9), (1, 5), (7, 8)]) == {1: 1, 5: 1, 9: 1, 7: 7, 8: 7}


BASES = [words(1000 * number, 60) for number in range(3)]


@st.composite
def collections(draw: st.DrawFn) -> list[Row]:
    """Copies of three reports, cut and re-headed at random, on a few days or none."""
    rows = []
    for number in range(draw(st.integers(1, 9))):
        base = draw(st.sampled_from(BASES)).split()
        kept = base[draw(st.integers(0, 12)) : len(base) - draw(st.integers(0, 12))]
        heading = [f"h{number}"] * draw(st.integers(0, 2))
        day = draw(st.sampled_from([None, DAY, DAY + timedelta(1)]))
        rows.append((stable_id(draw(st.integers(0, 10**6)), number), " ".join([*heading, *kept]), day))
    return rows


@settings(max_examples=25, deadline=None)
@given(collections(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_stories_are_the_same_in_whatever_order_and_batches_documents_come(
    rows: list[Row], rng: object, steps: int
) -> None:
    alone = Told(rows)
    shuffled = list(rows)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    pairs = None
    for step in range(1, steps + 1):
        grown = Told(shuffled[: len(shuffled) * step // steps], pairs)
        pairs = grown.pairs
    assert grown.story == alone.story
    assert grown.leads == alone.leads
    assert grown.pairs == alone.pairs


@settings(max_examples=25, deadline=None)
@given(collections())
def test_every_document_has_one_story_and_every_story_one_lead_of_its_own(rows: list[Row]) -> None:
    told = Told(rows)
    assert told.story.keys() == {row[0] for row in rows}
    assert told.leads.keys() == set(told.story.values())
    assert all(told.story[lead] == story for story, lead in told.leads.items())
