"""Lines that the documents of one site share are told from the lines of a story."""

from __future__ import annotations

import pickle

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.lines import measure
from pipelines.clean.model import CleanDocument, RawDocument
from pipelines.clean.site_lines import EVERY, SharedLines, count_lines, line_number
from pipelines.clean.stage import clean_document
from pipelines.clean.tables import clean_chunk
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

SLOGAN = "Strelsau's oldest voice since the siege"
NOTICE = (
    "The Courier belongs to nobody but its readers, who elect the board on the first Sunday of every May."
)
NAMES = ("Hentzau", "Tarlenheim", "Zenda", "Hofbau", "Festenburg", "Modenstein", "Rischenheim", "Sapt")


def story(name: str) -> list[str]:
    return [
        f"Envoys gather in {name} for river talks",
        f"Envoys of both kingdoms gathered in {name} to speak about the river and the tolls on its bridges.",
        f"The mayor of {name} said that nobody had left the table before the lamps were lit that evening.",
        f"A second round of talks in {name} was set for the week after the harvest, according to the envoys.",
    ]


def raw(lines: list[str], number: int, site: str = "courier.example") -> RawDocument:
    return RawDocument(f"d{number}", "\n".join(lines), url=f"https://{site}/{number}")


def chunk(*documents: RawDocument) -> pa.Table:
    return pa.table(
        {name: [getattr(document, name) for document in documents] for name in ("content", "text", "url")},
        schema=pa.schema([("content", pa.string()), ("text", pa.string()), ("url", pa.string())]),
    )


def learn(*documents: RawDocument) -> SharedLines:
    return SharedLines.from_counts(count_lines(chunk(*documents)))


def reasons(document: CleanDocument) -> dict[str, str]:
    return {line.text: line.reason for line in document.dropped}


def test_line_on_two_pages_of_a_site_is_the_sites() -> None:
    documents = [raw([*story(name), SLOGAN], n) for n, name in enumerate(NAMES[:2])]
    cleaned = clean_document(documents[0], learn(*documents))
    assert reasons(cleaned)[SLOGAN] == "site_line"
    assert cleaned.body == "\n\n".join(story(NAMES[0])[1:])


def test_line_on_pages_of_two_sites_says_nothing() -> None:
    documents = [
        raw([*story(name), SLOGAN], 1, site)
        for name, site in zip(NAMES[:2], ("a.example", "b.example"), strict=True)
    ]
    assert learn(*documents).sites == {}


def test_line_that_one_document_repeats_counts_once() -> None:
    counts = count_lines(chunk(raw([SLOGAN, SLOGAN, SLOGAN], 1))).to_pylist()
    assert {(row["line"], row["documents"]) for row in counts} == {(EVERY, 1), (line_number(SLOGAN), 1)}


def test_counters_and_dates_match_whatever_their_digits() -> None:
    assert line_number("3 May 2031 | 12 Readers") == line_number(
        "14 May 2031 - 7,456 READERS".replace(",", "")
    )
    assert line_number("12:30") is None


def test_sentence_on_a_few_pages_is_kept_and_on_many_it_goes() -> None:
    few = [raw([*story(name), NOTICE], n) for n, name in enumerate(NAMES[:3])]
    assert NOTICE in clean_document(few[0], learn(*few)).body
    many = [raw([*story(name), NOTICE], n) for n, name in enumerate(NAMES)]
    assert reasons(clean_document(many[0], learn(*many)))[NOTICE] == "site_line"


def test_story_published_many_times_on_a_site_keeps_all_its_lines() -> None:
    subhead = "Lamps were lit"
    lines = [*story("Zenda")[:3], subhead, story("Zenda")[3]]
    copies = [raw(lines, n) for n in range(9)]
    assert subhead in clean_document(copies[0], learn(*copies)).body
    assert clean_document(copies[0], learn(*copies)) == clean_document(copies[0])


def test_later_version_of_a_story_keeps_what_it_shares_with_the_first() -> None:
    update = (
        "The envoys came back to the table on Thursday and signed nothing, their servants told the press."
    )
    versions = [raw(story("Zenda"), n) for n in range(6)] + [raw([*story("Zenda"), update], 7)]
    cleaned = clean_document(versions[-1], learn(*versions))
    assert cleaned.body == "\n\n".join([*story("Zenda")[1:], update])


def test_frame_is_known_around_copies_of_a_story_too() -> None:
    copies = [raw([*story("Zenda"), SLOGAN], n) for n in range(3)]
    others = [raw([*story(name), SLOGAN], n) for n, name in enumerate(NAMES[3:], start=5)]
    assert reasons(clean_document(copies[0], learn(*copies, *others)))[SLOGAN] == "site_line"


def test_site_is_read_from_the_envelope_too() -> None:
    texts = [
        "\n".join([f"date 2031-05-0{n} https://courier.example/{n}", *story(name), SLOGAN])
        for n, name in enumerate(NAMES[:2], start=1)
    ]
    documents = [RawDocument(str(n), text) for n, text in enumerate(texts)]
    assert SLOGAN not in clean_document(documents[1], learn(*documents)).body


def test_html_and_texts_of_no_site_are_passed_over() -> None:
    page = RawDocument("d", "<p>Hello to everybody</p>", content="html", url="https://courier.example/1")
    assert count_lines(chunk(page, RawDocument("e", SLOGAN))).num_rows == 0


def test_wrapped_line_is_the_sites_only_if_all_its_parts_are() -> None:
    lines = learn(raw([SLOGAN, "one part"], 1), raw([SLOGAN, "other part"], 2)).lines_for("courier.example")
    assert lines is not None
    assert lines.seen([SLOGAN, "one part", ""]) == [2, 1, 1]
    assert lines.shared([measure(f"{SLOGAN} one part", 0, 1)], [SLOGAN, "one part"]) == {}
    assert lines.shared([measure(SLOGAN, 0, 0)], [SLOGAN, "one part"]) == {0: 2}


def test_knowledge_survives_being_sent_to_another_process() -> None:
    shared = learn(*(raw([*story(name), SLOGAN], n) for n, name in enumerate(NAMES)))
    sent = pickle.loads(pickle.dumps(shared))
    assert facts(sent) == facts(shared)
    assert facts(sent)["courier.example"][:2] == (len(NAMES), {line_number(SLOGAN): len(NAMES)})


def test_chunk_is_cleaned_with_the_lines_that_it_taught() -> None:
    schema = stored_schema(table("raw_documents"))
    rows = [
        {
            "document_id": f"{n:020x}",
            "batch": "b",
            "content": "text",
            "text": "\n".join([*story(name), SLOGAN]),
        }
        | {"url": f"https://courier.example/{n}", "source_uri": f"{n}.txt"}
        for n, name in enumerate(NAMES)
    ]
    raw_documents = pa.Table.from_pylist(rows, schema=schema)
    shared = SharedLines.from_counts(count_lines(raw_documents))
    bodies = clean_chunk(raw_documents, version="1", shared=shared)["documents"].column("body").to_pylist()
    assert bodies == ["\n\n".join(story(name)[1:]) for name in NAMES]


def facts(shared: SharedLines) -> dict[str, tuple[int, dict[int, int]]]:
    return {
        site: (lines.total, dict(zip(lines.numbers.tolist(), lines.documents.tolist(), strict=True)))
        for site, lines in shared.sites.items()
    }


LINES = st.lists(st.sampled_from([*NAMES, SLOGAN, NOTICE, "", "42"]), max_size=8)


@given(st.lists(st.tuples(LINES, st.sampled_from(["a.example", "b.example"])), max_size=8), st.randoms())
def test_order_and_cutting_into_chunks_change_nothing(
    pages: list[tuple[list[str], str]], random: object
) -> None:
    documents = [raw(lines, n, site) for n, (lines, site) in enumerate(pages)]
    mixed = sorted(documents, key=lambda document: random.random())  # type: ignore[attr-defined]
    whole = count_lines(chunk(*documents))
    parts = pa.concat_tables([count_lines(chunk(document)) for document in mixed] or [whole])
    assert facts(SharedLines.from_counts(whole)) == facts(SharedLines.from_counts(parts))
