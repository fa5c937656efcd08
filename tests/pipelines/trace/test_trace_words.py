"""Finding a sentence in its source: through lines, markup, escapes and repairs, and never out of thin air."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.trace.layers import without_json_escapes, without_markup
from pipelines.trace.words import find_sentence

SENTENCE = "Kenya's ministers agreed in Kisumu on Monday to reopen the café at the border."
AROUND = ("Rain fell all week on the lake and the ferries stayed in port.", "Nobody asked the fishermen.")
HOSTILE = st.text(alphabet="<>&;#x!-\\u0aAé /script\"'\n", max_size=60)


def found(source: str, sentence: str = SENTENCE) -> str | None:
    spot = find_sentence(sentence, source)
    return source[spot.start : spot.end] if spot else None


def whole(*middle: str) -> str:
    return "\n\n".join([AROUND[0], *middle, AROUND[1]])


def test_a_sentence_that_stands_there_is_found_where_it_stands() -> None:
    assert found(whole(SENTENCE)) == SENTENCE.rstrip(".")


def test_lines_and_blanks_between_words_do_not_matter() -> None:
    wrapped = SENTENCE.replace(" in ", "\n   in\u00a0").replace(" to ", " \r\n\r\nto ")
    assert found(whole(wrapped)) == wrapped.rstrip(".")


def test_a_word_broken_by_a_hyphen_is_passed_over() -> None:
    broken = SENTENCE.replace("reopen", "re-\nopen")
    assert found(whole(broken)) == broken.rstrip(".")


@pytest.mark.parametrize("changed", ["cafÃ©", "ca\u00adfé", "CAF\u00c9"])
def test_repaired_words_are_passed_over(changed: str) -> None:
    there = SENTENCE.replace("café", changed)
    assert found(whole(there)) == there.rstrip(".")


def test_changed_words_at_the_ends_belong_to_the_sentence() -> None:
    there = SENTENCE.replace("Kenya", "KenÃ¿a").replace("border", "bordÃ©r")
    assert found(whole(there)) == there


def test_what_is_not_there_is_not_found() -> None:
    assert found(" ".join(AROUND)) is None
    assert found("") is None
    assert found(whole(SENTENCE), "…") is None


def test_of_two_places_the_one_with_the_same_neighbours_is_taken() -> None:
    source = f"Teaser: {SENTENCE} Read more. " + whole(SENTENCE)
    spot = find_sentence(SENTENCE, source, *AROUND)
    assert spot is not None
    assert (spot.places, spot.start) == (2, source.rindex("Kenya's"))


def test_it_says_how_many_words_stand_there_as_they_are() -> None:
    spot = find_sentence("one two three four five", "zero one two tree four five six")
    assert spot is not None
    assert (spot.same, spot.words) == (4, 5)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=3, max_size=30), st.data())
def test_any_run_of_words_is_found_in_its_text(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    run = " ".join(words[first : last + 1])
    assert found(" ".join(words), run) == run


@given(HOSTILE, HOSTILE)
def test_no_source_makes_it_fail(source: str, sentence: str) -> None:
    spot = find_sentence(sentence, source)
    assert spot is None or 0 <= spot.start < spot.end <= len(source)


@given(HOSTILE)
def test_taking_layers_off_keeps_every_character_at_its_place(source: str) -> None:
    assert len(without_json_escapes(source)) == len(source)
    assert len(without_markup(source)) == len(source)


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_sentence_is_found_through_the_escapes_of_json(ascii_only: bool) -> None:
    there = SENTENCE.replace(" in ", "\n\tin ").replace("Kenya's", "“Kenya’s”")
    record = json.dumps({"text": whole(there)}, ensure_ascii=ascii_only)
    spot = find_sentence(there, without_json_escapes(record))
    assert spot is not None
    assert spot.same == spot.words
    assert json.loads(f'"{record[spot.start : spot.end]}"') == there.strip("“.")


def test_a_sentence_is_found_through_tags_and_entities() -> None:
    there = (
        html.escape(SENTENCE).replace("é", "&eacute;").replace("Kisumu", '<a href="/in-Kisumu">Kisumu</a>')
    )
    page = f"<!-- {SENTENCE} --><script>var s = '{SENTENCE}';</script><p>{there}</p>"
    spot = find_sentence(SENTENCE, without_markup(page))
    assert spot is not None
    assert (spot.places, page[spot.start : spot.end]) == (1, there.rstrip("."))
