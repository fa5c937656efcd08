"""The relevance filter: which sentences of an article may tell of a political event."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.explain import explain
from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article
from pipelines.extract.relevance.features import features
from pipelines.extract.relevance.model import Limits, Scores, limits, load, relevant

MET = "The two sides met for talks on Monday and agreed to meet again in spring."
MATCH = (
    "Rovers came from behind to win the derby with two late goals in front of a full house.",
    "The striker headed the first from a corner and curled the second past the goalkeeper.",
    "It was the club's fifth win in a row, and the manager praised his defenders for their patience.",
    "The midfielder limped off before half-time and will miss the cup tie on Saturday.",
)
SUMMIT = (
    "The foreign ministers of Kenya and Ethiopia opened consultations on the border in Nairobi.",
    "Kenya had accused its neighbour of sending soldiers across the frontier.",
    "The African Union had called on both governments to withdraw their troops.",
    "The president told parliament that the ceasefire would hold.",
)
SANCTIONS = "The European Union imposed sanctions on eleven Belarusian generals and froze their accounts."


def test_words_and_the_kinds_of_names_are_features() -> None:
    found = features("Peru's army met the European Union.")
    assert {"peru's", "army", "met", "the", "<country>", "<body>", "<organization>"} <= found
    assert "<country>" not in features("The peru in the garden was met with joy.")


def test_a_sentence_is_judged_by_its_article_too() -> None:
    assert not relevant([*MATCH, MET])[-1]
    assert relevant([*SUMMIT, MET])[-1]


def test_a_political_event_in_an_article_about_something_else_is_read() -> None:
    assert relevant([*MATCH, SANCTIONS])[-1]
    assert not any(relevant([*MATCH, SANCTIONS])[:-1])


def test_a_political_item_on_a_page_of_briefs_is_read() -> None:
    page = [*MATCH * 3, *SUMMIT[:2], *MATCH * 3]
    read = relevant(page)
    assert [sentence for sentence, is_read in zip(page, read, strict=True) if is_read] == [*SUMMIT[:2]]


def test_a_text_without_sentences_has_none_to_read() -> None:
    assert relevant([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile signed a border treaty.",
        "Workers at the port walked out over pay.",
        "Tuvalu recognised Kosovo.",
        "Rebels shelled the town.",
    ],
)
def test_a_lone_sentence_with_an_event_is_read(text: str) -> None:
    assert relevant([text]) == [True]


SCORE = st.floats(-20, 20)


@given(st.lists(st.builds(Scores, SCORE, SCORE), max_size=12), st.integers(0, 12))
def test_context_is_the_mean_topic_of_the_neighbours_shrunk_towards_nothing(
    scores: list[Scores], reach: int
) -> None:
    known = Limits(context=2, reach=reach, clip=3, prior=2, least=0)
    for at, (one, together) in enumerate(zip(scores, known.together(scores), strict=True)):
        near = [number for number in range(len(scores)) if 0 < abs(number - at) <= reach]
        topics = [max(-3, min(3, scores[number].topic)) for number in near]
        expected = one.event + 2 * math.fsum(topics) / (len(near) + 2)
        assert math.isclose(together, expected, abs_tol=1e-9)


@given(st.permutations(sorted(features(SANCTIONS))))
def test_scores_do_not_depend_on_the_order_of_features(found: list[str]) -> None:
    assert load().scores(found) == load().scores(features(SANCTIONS))


def test_the_model_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.csv"
    path.write_text('feature,topic,event\n<intercept>,-1,-0.5\n"army",2.25,0.25\n<country>,0.5,1\n', "utf-8")
    model = load(path)
    assert model.scores([]) == Scores(-1, -0.5)
    assert model.scores({"army", "<country>", "unheard-of"}) == Scores(1.75, 0.75)


def test_the_limits_are_those_of_the_lexicon() -> None:
    assert limits().context > 0
    assert limits().least < 0


def test_everyday_articles_are_read_for_events_only_without_the_filter(extractor: Extractor) -> None:
    article = Article("a", " ".join((*MATCH, "Belgium attacked Spain from the first minute.")))
    assert list(extractor.mentions([article])) == [()]
    assert any(Extractor.load(sifting=False).mentions([article]))


def test_it_is_told_why_a_sentence_was_not_read(extractor: Extractor) -> None:
    lines = list(explain(extractor, Article("a", " ".join((*MATCH, MET)))))
    assert sum("not those of political events" in line for line in lines) == len(MATCH) + 1
