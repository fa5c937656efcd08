"""The fit of the relevance filter's weights, and what it does to annotated sentences that it was not fitted on."""

from pathlib import Path

import pytest
from annotations import read_sentences
from train_relevance import NEWS, POLITICAL, Text, Told, articles, fit, held_out, report, write

from pipelines.extract.relevance.features import features
from pipelines.extract.relevance.model import load, relevant
from pipelines.extract.sentences import split_sentences


def _text(source: str, *sentences: str) -> Text:
    return Text(
        source,
        tuple(Told(len(one.split()), features(one), True, source in POLITICAL) for one in sentences),
    )


TEXTS = [
    text
    for _ in range(10)
    for text in (
        _text("politics", "The minister signed the treaty.", "The army shelled the town."),
        _text("sport", "The striker signed the ball.", "The goalkeeper shelled the pea."),
    )
]


def test_the_fit_finds_the_words_that_tell_politics_apart_and_writes_them_alike_each_time(
    tmp_path: Path,
) -> None:
    write(fit(TEXTS), tmp_path / "once.csv")
    write(fit(TEXTS[::-1]), tmp_path / "again.csv")
    assert (tmp_path / "once.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    model = load(tmp_path / "once.csv")
    for political, everyday in (("minister", "striker"), ("army", "goalkeeper")):
        for weights in (model.topic, model.event):
            assert weights[political] > 0 > weights[everyday]


def test_a_text_is_judged_by_weights_that_were_not_fitted_on_it() -> None:
    alone = _text("politics", "Crowds sang.")
    judged = held_out([*TEXTS, alone])
    scores = [score for told, score in judged["politics"] if told.features == alone.sentences[0].features]
    others = [score for told, score in judged["politics"] if "minister" in told.features]
    assert len(scores) == 1
    assert scores[0] < min(others)
    assert "lost" in report(judged)


@pytest.mark.parametrize("path", sorted(NEWS.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_to_learn_from_have_a_body(path: Path) -> None:
    texts = list(articles(path))
    assert len(texts) > 50
    assert all(len(text.split()) > 25 for text in texts)


def test_annotated_events_pass_the_filter() -> None:
    missed = [
        one.text
        for one in read_sentences()
        if one.expected and not any(relevant([sentence.text for sentence in split_sentences(one.text)]))
    ]
    assert not missed
