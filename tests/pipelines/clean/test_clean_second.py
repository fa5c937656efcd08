"""A second article in the same text: dropped under its own name, and never a part of the first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.model import CleanDocument, RawDocument
from pipelines.clean.stage import clean_document

TITLE = "Ruritania and Graustark sign river treaty"
URL = "https://courier.example/world/ruritania-graustark-sign-river-treaty"
FIRST = [
    "The foreign ministers of Ruritania and Graustark signed a treaty on their shared rivers in Strelsau on Tuesday.",
    "Both parliaments have to approve the treaty, which settles a quarrel over dams that lasted twenty years.",
    "Farmers along the border had asked for a settlement since the drought emptied their wells last summer.",
]
FORM = ["LEAVE A REPLY", "Your name", "Your email address will not be published."]
RELATED = ["Read more", "Storm over the northern coast", "Share on Facebook"]
OTHER_HEAD = "Hospital opens ward for premature babies"
OTHER = [
    "Doctors celebrated yesterday as the clinic in Zenda received its first patients, twins weighing two pounds.",
    "Nurses trained abroad for eighteen months, and donors bought incubators worth four million crowns altogether.",
    "Before, mothers travelled overnight towards specialist hospitals, and many newborns never survived such journeys.",
]


def clean(*lines: str, url: str | None = None, title: str | None = None) -> CleanDocument:
    return clean_document(RawDocument("d1", "\n".join(lines), url=url, title=title))


def second(document: CleanDocument) -> list[str]:
    return [line.text for line in document.dropped if line.reason == "second_article"]


def test_article_behind_a_comment_form_is_dropped_under_its_own_name() -> None:
    document = clean(TITLE, *FIRST, *FORM, OTHER_HEAD, "4 March 2031", *OTHER, url=URL)
    assert document.body.split("\n\n") == FIRST
    assert second(document) == [OTHER_HEAD, "4 March 2031", *OTHER]


def test_article_behind_links_is_dropped_by_its_authors_line() -> None:
    document = clean(TITLE, *FIRST, *RELATED, OTHER_HEAD, "By Antoinette Mauban", *OTHER, title=TITLE)
    assert document.body.split("\n\n") == FIRST
    assert document.author is None


def test_article_behind_links_is_dropped_by_its_dateline() -> None:
    opening = "ZENDA, March 4 (Courier) — " + OTHER[0]
    document = clean(TITLE, *FIRST, *RELATED, OTHER_HEAD, opening, *OTHER[1:], title=TITLE)
    assert second(document) == [OTHER_HEAD, opening, *OTHER[1:]]


def test_longer_second_article_does_not_take_the_place_of_the_first() -> None:
    more = [f"{line[:-1]}, as nurse number {n} recalled." for n in range(5) for line in OTHER]
    document = clean(TITLE, *FIRST, *FORM, OTHER_HEAD, "4 March 2031", *OTHER, *more, url=URL)
    assert document.body.split("\n\n") == FIRST


def test_day_of_the_second_article_is_not_the_day_of_the_first() -> None:
    document = clean(TITLE, *FIRST, *FORM, OTHER_HEAD, "4 March 2031", *OTHER, url=URL)
    assert document.published_edtf is None


def test_record_joined_behind_another_is_a_second_article() -> None:
    joined = "date 2031-03-04 https://courier.example/health/ward"
    document = clean(f"date 2031-03-01 {URL}", TITLE, *FIRST, joined, OTHER_HEAD, *OTHER)
    assert document.body.split("\n\n") == FIRST
    assert document.published_edtf == "2031-03-01"
    assert second(document)[0] == joined


def test_signed_part_on_the_same_matter_stays() -> None:
    same = [line.replace("signed", "now signed").replace("asked", "also asked") for line in FIRST]
    head = "What the river treaty says on dams"
    document = clean(TITLE, *FIRST, *RELATED, head, "By Antoinette Mauban", *same, url=URL)
    assert second(document) == []


def test_box_whose_headline_shares_a_word_with_the_title_stays() -> None:
    document = clean(
        TITLE, *FIRST, *RELATED, "Treaty day recipes from Zenda", "4 March 2031", *OTHER, url=URL
    )
    assert second(document) == []


def test_subhead_without_date_or_author_stays() -> None:
    document = clean(TITLE, *FIRST, *RELATED, OTHER_HEAD, *OTHER, url=URL)
    assert second(document) == []
    assert OTHER[0] in document.body


def test_dated_part_without_page_before_it_stays() -> None:
    document = clean(TITLE, *FIRST, OTHER_HEAD, "4 March 2031", *OTHER, url=URL)
    assert second(document) == []


def test_entries_of_a_live_report_stay() -> None:
    topics = [
        "Harbour strike ends peacefully tonight",
        "Museum finds stolen portrait again",
        "Wolves return to valley",
    ]
    entries = [
        part
        for n, topic in enumerate(topics)
        for part in ("Share on Facebook", "Print", f"{topic} {n}", f"{n + 1} March 2031", *OTHER)
    ]
    assert second(clean(TITLE, *FIRST, *entries, url=URL)) == []


def test_article_that_the_address_names_is_not_dropped_for_standing_second() -> None:
    url = "https://courier.example/health/hospital-opens-ward-for-premature-babies"
    document = clean(TITLE, *FIRST, *RELATED, OTHER_HEAD, "4 March 2031", *OTHER, url=url)
    assert second(document) == []
    assert OTHER[0] in document.body


@given(
    st.lists(
        st.sampled_from([TITLE, OTHER_HEAD, "4 March 2031", *FIRST, *OTHER, *FORM, *RELATED]), max_size=30
    )
)
def test_what_is_cut_is_everything_from_one_line_on(lines: list[str]) -> None:
    document = clean(*lines, url=URL)
    cut = [line.position for line in document.dropped if line.reason == "second_article"]
    kept = set(range(len(lines))) - {line.position for line in document.dropped}
    assert all(position < min(cut) for position in kept) if cut else True
