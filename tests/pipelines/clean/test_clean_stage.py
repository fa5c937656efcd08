"""The clean stage as a whole: what is kept, what goes and under which name."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.model import PUBLISHED_METHODS, CleanDocument, RawDocument
from pipelines.clean.stage import clean_document

LEAD = "The foreign ministers of Ruritania and Graustark met on Tuesday in Strelsau to discuss open borders."
SECOND = "They agreed that their deputies would draft a treaty on shared rivers before the end of the winter."
THIRD = "Opposition leaders in both capitals asked for the draft to be made public before any vote is held."
HEADLINE = "Ruritania and Graustark talk about open borders"
MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Contact us"]
FOOT = ["LEAVE A REPLY", "Your name", "Your email address will not be published.", "© 2031 Strelsau Courier"]


def clean(*lines: str, **fields: str) -> CleanDocument:
    return clean_document(RawDocument("d1", "\n".join(lines), **fields))


def reasons(document: CleanDocument) -> dict[str, str]:
    return {line.text: line.reason for line in document.dropped}


def test_article_stays_and_page_goes() -> None:
    document = clean(*MENU, HEADLINE, LEAD, SECOND, THIRD, *FOOT)
    assert document.body == "\n\n".join((LEAD, SECOND, THIRD))
    assert document.title == HEADLINE
    assert document.rejected is None
    assert document.words == sum(len(part.split()) for part in (LEAD, SECOND, THIRD))


def test_every_line_is_kept_or_dropped_with_a_reason() -> None:
    lines = [*MENU, "", HEADLINE, LEAD, "", SECOND, "Share on Facebook", THIRD, *FOOT]
    document = clean(*lines)
    dropped = {line.position: line for line in document.dropped}
    for position, line in enumerate(lines):
        if line and position not in dropped:
            assert line in document.body
        elif line:
            assert dropped[position].text == line
            assert dropped[position].reason


def test_lead_between_headline_and_a_wall_of_tags_is_not_lost() -> None:
    tags = [f"topic {name}" for name in "abcdefghijklmnopqrstuvwxyz"]
    document = clean(*MENU, HEADLINE, LEAD, *tags, SECOND, THIRD)
    assert document.body == "\n\n".join((LEAD, SECOND, THIRD))


def test_repeated_paragraph_is_kept_once() -> None:
    document = clean(HEADLINE, LEAD, SECOND, THIRD, SECOND, THIRD)
    assert document.body.count(SECOND) == 1
    assert [line.reason for line in document.dropped] == ["title", "repeat", "repeat"]


def test_breadcrumb_and_cut_off_copy_of_the_headline_leave_the_body() -> None:
    document = clean(
        f"Start/Press/{HEADLINE}", "Home Latest Ruritania and Graustark talk about...", HEADLINE, LEAD, SECOND
    )
    assert document.title == HEADLINE
    assert document.body == f"{LEAD}\n\n{SECOND}"


def test_readers_comments_are_not_the_article() -> None:
    comments = [
        part
        for n in range(6)
        for part in (f"reader{n} says:", f"I never liked the treaty and number {n} is why I do not like it.")
    ]
    document = clean(HEADLINE, LEAD, SECOND, THIRD, "6 responses to this story", *comments)
    assert document.body == "\n\n".join((LEAD, SECOND, THIRD))
    assert "comments" in reasons(document).values()


def test_subheads_stay_and_link_lists_go() -> None:
    links = ["See also", "Storm over Strelsau", "Harvest fails again", "King opens bridge"]
    document = clean(HEADLINE, LEAD, "A long way to go", SECOND, *links, THIRD)
    assert "A long way to go" in document.body
    assert "Storm over Strelsau" not in document.body


def test_question_of_ten_words_inside_the_article_stays() -> None:
    question = "Will the two governments still be speaking to each other when spring comes?"
    assert question in clean(HEADLINE, LEAD, question, SECOND).body


def test_provisions_of_a_communique_stay_with_the_line_that_announces_them() -> None:
    provisions = [
        "The two governments agreed to:",
        "- open the northern crossing;",
        "- lower duties on grain;",
        "- meet yearly.",
    ]
    document = clean("JOINT COMMUNIQUE", "Strelsau, 9 October 2031", *provisions)
    assert document.body == "\n\n".join(provisions)


def test_captions_and_bylines_go() -> None:
    caption = "The two ministers shake hands in front of the old town hall (Photo: R. Hentzau)"
    document = clean(HEADLINE, "By Antoinette Mauban", LEAD, caption, SECOND, THIRD)
    assert reasons(document)[caption] == "picture_credit"
    assert reasons(document)["By Antoinette Mauban"] == "byline"


def test_share_of_boilerplate_counts_characters() -> None:
    document = clean(LEAD, "Facebook", "Twitter")
    dropped = len("Facebook") + len("Twitter")
    assert document.boilerplate_share == dropped / (dropped + len(LEAD))


def test_fields_beside_the_text_win() -> None:
    document = clean(
        "date 2030-01 https://courier.example/other",
        LEAD,
        SECOND,
        url="https://www.Courier.example/a",
        title="Given title",
        author="R. Rassendyll",
        publisher="Courier",
        published="2031-02-03",
    )
    assert (document.title, document.author, document.publisher) == (
        "Given title",
        "R. Rassendyll",
        "Courier",
    )
    assert (document.url, document.site) == ("https://www.Courier.example/a", "courier.example")
    assert (document.published_edtf, document.published_method) == ("2031-02-03", "explicit_field")


def test_empty_text_is_rejected_with_a_reason_for_people() -> None:
    assert clean("", "  ").rejected == "the record holds no text"
    assert clean("Facebook", "Twitter", "Home").rejected == "no text left after cleaning"


def test_page_that_is_only_a_menu_is_rejected() -> None:
    assert clean(*(f"Section {n}" for n in range(200))).rejected == "no text left after cleaning"


def test_language_of_the_body_not_of_the_page() -> None:
    german = "Die Außenminister beider Länder trafen sich am Dienstag in der Hauptstadt, um zu verhandeln."
    document = clean(*MENU, german, german.replace("Dienstag", "Mittwoch"))
    assert document.language == "de"
    assert 0 < document.language_confidence <= 1


def test_cleaning_twice_gives_the_same() -> None:
    text = "\n".join([*MENU, HEADLINE, LEAD, SECOND, *FOOT])
    assert clean_document(RawDocument("d1", text)) == clean_document(RawDocument("d1", text))


def test_very_long_line_is_kept_whole() -> None:
    line = "The ministers met again and said nothing new. " * 20_000
    assert clean(line).body == line.strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=25))
def test_no_text_makes_it_fail_and_all_lines_are_accounted_for(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = clean_document(RawDocument("d1", text))
    assert document.published_method in PUBLISHED_METHODS
    assert 0 <= document.boilerplate_share <= 1
    assert (document.rejected is None) == bool(document.words)
    positions = [line.position for line in document.dropped]
    assert len(positions) == len(set(positions))
    assert all(line.reason for line in document.dropped)
    assert "\n\n\n" not in document.body


@settings(max_examples=30, deadline=None)
@given(st.permutations([LEAD, SECOND, THIRD, "Facebook", "Related articles", "12:31", "Menu", HEADLINE]))
def test_sentences_survive_in_any_order_and_in_their_order(lines: list[str]) -> None:
    body = clean(*lines).body
    kept = [line for line in lines if line in (LEAD, SECOND, THIRD)]
    assert [part for part in body.split("\n\n") if part in kept] == kept
