"""The fit of the second reader's weights."""

from pathlib import Path

from train_backoff import Pair, fit, held_out, write

from pipelines.extract.backoff.model import NOTHING, load

PAIRS = [
    Pair(type_, frozenset({word, "before"}), group)
    for group, (type_, word) in enumerate(
        [("AID", "way:help"), ("ASSAULT", "way:bomb"), (NOTHING, "way:resemble")] * 10
    )
]


def test_the_fit_finds_the_words_that_tell_the_types_apart_and_writes_them_alike_each_time(
    tmp_path: Path,
) -> None:
    write(*fit(PAIRS), tmp_path / "once.csv")
    write(*fit(PAIRS[::-1]), tmp_path / "again.csv")
    assert (tmp_path / "once.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    model = load(tmp_path / "once.csv")
    for type_, word in (("AID", "way:help"), ("ASSAULT", "way:bomb"), (NOTHING, "way:resemble")):
        assert model.types[int(model.probabilities({word, "before"}).argmax())] == type_


def test_a_pair_is_judged_by_a_model_that_never_saw_its_sentence() -> None:
    alone = [*PAIRS, Pair("PROTEST", frozenset({"way:march"}), 99)]
    assert held_out(alone)[-1] != "PROTEST"
    assert held_out(alone)[:3] == ["AID", "ASSAULT", NOTHING]  # words that other sentences show too
