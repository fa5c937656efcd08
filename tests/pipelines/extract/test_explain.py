"""The explanation: what it tells analysts and authors of the lexicon."""

from pipelines.extract.explain import explain
from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article


def told(extractor: Extractor, text: str) -> str:
    return "\n".join(explain(extractor, Article("e", text, "2024-05-15")))


def test_the_row_that_fired_and_its_arguments_are_named(extractor: Extractor) -> None:
    lines = told(
        extractor, "Peru and Chile signed a fishing treaty in Lima on Monday, the Peruvian ministry said."
    )
    for part in (
        "SUPPORT (CAMEO 057), occurred",
        "support#",
        "Peru (PER",
        "2024-05-13 (relative",
        "Lima",
        "said by",
    ):
        assert part in lines


def test_what_the_gate_holds_back_has_a_reason(extractor: Extractor) -> None:
    assert "no row of the lexicon has all its words" in told(
        extractor, "Peru is a country with many mountains."
    )


def test_what_another_event_takes_in_is_named(extractor: Extractor) -> None:
    assert "it is part of what “agreed” tells" in told(extractor, "Kenya agreed to send troops to Haiti.")


def test_it_reads_as_the_extractor_does(extractor: Extractor) -> None:
    text = "Ghana condemned the attack on its embassy. The minister summoned the envoy of Togo."
    article = Article("e", text, "2024-05-15")
    mentions = next(extractor.extract([article])).mentions
    lines = "\n".join(explain(extractor, article))
    assert mentions
    assert all(f"{mention.type} " in lines and f"“{mention.trigger}”" in lines for mention in mentions)
