"""Sentences: boundaries, offsets, hostile input."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.sentences import split_sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def test_titles_and_initials_end_no_sentence() -> None:
    assert texts("Gen. Ortiz met Dr. A. Novak. They left.") == ["Gen. Ortiz met Dr. A. Novak.", "They left."]


def test_an_ordinal_day_stays_with_its_month() -> None:
    assert texts("The envoys met on 22. November in Oslo. Talks go on.") == [
        "The envoys met on 22. November in Oslo.",
        "Talks go on.",
    ]


def test_an_empty_line_ends_a_sentence_without_a_full_stop() -> None:
    assert texts("Ministers gather in Rabat\n\nThe session opened today.") == [
        "Ministers gather in Rabat",
        "The session opened today.",
    ]


def test_a_soft_wrapped_line_runs_on() -> None:
    assert texts("The two ministers signed a\nprotocol on border trade.") == [
        "The two ministers signed a\nprotocol on border trade."
    ]


def test_a_headline_line_is_a_sentence_of_its_own() -> None:
    assert texts("Envoys meet in Lima\nThe talks took two hours.") == [
        "Envoys meet in Lima",
        "The talks took two hours.",
    ]


def test_a_line_of_megabytes_is_cut_into_bounded_pieces() -> None:
    assert max(len(text) for text in texts("word " * 100_000)) <= 20_000


@given(st.text(max_size=400))
def test_offsets_give_back_the_sentence(text: str) -> None:
    previous = 0
    for index, sentence in enumerate(split_sentences(text)):
        assert sentence.index == index
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.start >= previous
        previous = sentence.end


@given(
    st.lists(
        st.sampled_from(
            ["Она ушла. ", "😀 Hello. ", "مرحبا. ", "e\u0301tat. ", "No. 5. ", "\n", "\x00", "“Hi.” "]
        ),
        max_size=12,
    )
)
def test_offsets_hold_for_emoji_combining_marks_and_other_scripts(parts: list[str]) -> None:
    text = "".join(parts)
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
