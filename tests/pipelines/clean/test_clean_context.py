"""What surrounds a line tells what it is: cards, sources, links in capitals, stamps, bios, hidden copies."""

from __future__ import annotations

from pipelines.clean.model import CleanDocument, RawDocument
from pipelines.clean.stage import clean_document

HEADLINE = "Two kingdoms count their bridges"
STORY = [
    "The envoys of both kingdoms met on the frozen river on Monday and agreed to count the bridges between them.",
    "A list of the bridges will be read aloud in both parliaments before the ice has gone, the envoys said later.",
    "Nobody expects the count to take less than three winters, a keeper of the oldest bridge told our reporter.",
    "The last count was broken off when the army of Ruritania closed the northern road without telling anybody.",
    "Merchants on both banks hope that fewer tolls will be asked for once it is known who owns which bridge.",
]
OTHERS = [
    (
        "World",
        "Storm empties the harbour of Zenda",
        "Every ship that could sail left the harbour before noon on Friday.",
    ),
    (
        "Culture",
        "Painter finds lost portrait of a queen",
        "The portrait had hung behind a wardrobe for two hundred years.",
    ),
    (
        "Money",
        "Mint runs out of silver for small coins",
        "Shopkeepers in the old town have begun to pay with buttons.",
    ),
    (
        "Towns",
        "Hofbau elects its mayor by drawing lots",
        "The winner had been asleep when his number was read out.",
    ),
]


def clean(*lines: str) -> CleanDocument:
    return clean_document(RawDocument("d1", "\n".join(lines)))


def reasons(document: CleanDocument) -> dict[str, str]:
    return {line.text: line.reason for line in document.dropped}


def test_cards_that_announce_other_texts_are_teasers() -> None:
    cards = [line for card in OTHERS for line in card]
    story = [*STORY, *(line.replace("bridge", "ferry").replace("bridges", "ferries") for line in STORY[:2])]
    document = clean(HEADLINE, *story, *cards)
    assert document.body == "\n\n".join(story)
    assert {reasons(document)[line] for line in cards} == {"teaser"}


def test_signed_cards_are_teasers_even_behind_a_short_text() -> None:
    cards = [
        line
        for name, card in zip(("Ann Roe", "Bob Poe", "Cy Doe", "Di Coe"), OTHERS, strict=True)
        for line in (card[1], name, "Monday 12 May 2031", card[2])
    ]
    document = clean(HEADLINE, *STORY[:3], *cards)
    assert document.body == "\n\n".join(STORY[:3])


def test_subheads_with_a_sentence_each_are_the_article() -> None:
    parts = [line for card in OTHERS for line in card[1:]]
    body = clean(HEADLINE, *STORY, *parts).body
    assert all(line in body for line in parts)


def test_answers_of_an_interview_are_no_cards() -> None:
    asked = [
        line
        for card in OTHERS
        for line in (f"Q: What about the news that {card[1]}?", f"A: {card[1]}, yes", card[2])
    ]
    body = clean(HEADLINE, *STORY, *asked).body
    assert all(card[2] in body for card in OTHERS)


def test_stamps_of_a_live_report_are_kept() -> None:
    parts = [line for n, text in enumerate(STORY) for line in (f"1{n}:42 GMT", text)]
    assert clean(HEADLINE, *parts).body == "\n\n".join(parts)


def test_days_of_a_timeline_are_kept() -> None:
    parts = [line for n, text in enumerate(STORY, start=1) for line in (f"{n} May 2031", text)]
    opening = "The envoys had met before, as this list of what happened in the spring on both banks recalls."
    body = clean(HEADLINE, "12 June 2031", opening, *parts).body
    assert body == "\n\n".join([opening, *parts])


def test_single_date_inside_a_text_is_a_date_line() -> None:
    assert reasons(clean(HEADLINE, "12 May 2031", *STORY))["12 May 2031"] == "date_line"


def test_clock_time_at_the_end_does_not_make_a_date_line_a_sentence() -> None:
    line = "By Ann Roe on Monday, May 12, 2031 at 11:04 a.m."
    assert clean(HEADLINE, line, *STORY).body == "\n\n".join(STORY)


def test_post_that_is_quoted_keeps_its_writer() -> None:
    writer = "— Flavia Elphberg (@flavia) May 12, 2031"
    assert writer in clean(HEADLINE, *STORY[:3], writer, *STORY[3:]).body


def test_headline_in_capitals_between_sentences_is_a_link() -> None:
    link = "MINT RUNS OUT OF SILVER FOR SMALL COINS"
    document = clean(HEADLINE, *STORY[:3], link, *STORY[3:])
    assert reasons(document)[link] == "related_links"
    assert document.body == "\n\n".join(STORY)


def test_short_subhead_in_capitals_stays() -> None:
    assert "THE NORTHERN ROAD" in clean(HEADLINE, *STORY[:3], "THE NORTHERN ROAD", *STORY[3:]).body


def test_works_that_a_check_of_facts_lists_are_sources() -> None:
    title = "How a bridge over the northern river came to be built by people who owned no boats"
    works = [f'Strelsau Courier, "{title}, part {n}," 203{n}' for n in range(1, 6)]
    document = clean(HEADLINE, *STORY, *works, STORY[0].replace("Monday", "Friday"))
    assert {reasons(document)[work] for work in works} == {"source_list"}


def test_list_of_treaties_with_their_years_is_no_list_of_sources() -> None:
    treaties = [f"- the treaty on bridge number {n}, signed in Zenda in 203{n}" for n in range(1, 6)]
    body = clean(HEADLINE, *STORY, "The kingdoms have signed these treaties so far:", *treaties).body
    assert all(treaty in body for treaty in treaties)


def test_sentence_about_the_author_at_the_end_goes() -> None:
    bio = "Flavia Elphberg is the Courier's correspondent for rivers and has crossed every bridge of the kingdom."
    document = clean(HEADLINE, "By Flavia Elphberg", *STORY, bio)
    assert reasons(document)[bio] == "about_author"


def test_sentence_about_the_author_of_an_act_stays() -> None:
    act = "Flavia Elphberg opened the new bridge on Tuesday and crossed it with all the envoys behind her."
    assert act in clean(HEADLINE, "By Flavia Elphberg", *STORY, act).body


def test_hidden_copy_of_the_whole_text_on_one_line_goes() -> None:
    copy = " ".join([HEADLINE, *STORY, "Storm empties the harbour of Zenda"])
    document = clean(HEADLINE, *STORY, "Storm empties the harbour", "facebook", copy)
    assert document.body == "\n\n".join(STORY)
    assert reasons(document)[copy] == "repeat"


def test_heading_that_names_a_firm_ends_the_article() -> None:
    about = (
        "The Elphberg Bridge Company is a maker of bridges that employs four hundred people in nine towns."
    )
    assert clean(HEADLINE, *STORY, "About Elphberg Bridges", about).body == "\n\n".join(STORY)
    assert about in clean(HEADLINE, *STORY[:2], "About Ruritania", about, *STORY[2:]).body


def test_links_under_a_button_with_a_colon_go_and_the_text_goes_on() -> None:
    links = ["Storm empties the harbour of Zenda", "Painter finds lost portrait of a queen"]
    document = clean(HEADLINE, *STORY[:3], "More:", *links, *STORY[3:])
    assert document.body == "\n\n".join(STORY)
    assert {reasons(document)[link] for link in links} == {"related_links"}
