"""Status: whether it happened."""

from collections.abc import Callable

import pytest

from pipelines.extract.status import Reality, reality, retyped


def status(parse: Callable, text: str, lemma: str) -> str:
    return reality(next(token for token in parse(text) if token.lemma_ == lemma)).status


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Ghana signed the treaty.", "sign", "occurred"),
        ("Ghana did not sign the treaty.", "sign", "denied"),
        ("Ghana will sign the treaty in May.", "sign", "planned"),
        ("Ghana said it would sign the treaty.", "sign", "planned"),
        ("Ghana may sign the treaty.", "sign", "hypothetical"),
        ("If Ghana signs the treaty, trade will grow.", "sign", "hypothetical"),
        ("Ghana plans to sign the treaty.", "sign", "planned"),
        ("Ghana denied signing the treaty.", "sign", "denied"),
        ("Ghana is signing the treaty in Accra.", "sign", "ongoing"),
        ("Ghana to sign the treaty", "sign", "planned"),
        ("Will Ghana sign the treaty?", "sign", "hypothetical"),
    ],
)
def test_negation_modality_tense_and_governors(parse: Callable, text: str, lemma: str, expected: str) -> None:
    assert status(parse, text, lemma) == expected


def test_announced_cooperation_is_a_promise() -> None:
    assert retyped("CONSULT", "042", Reality("planned")) == ("AGREE", "036", "planned")
    assert retyped("CONSULT", "042", Reality("occurred")) == ("CONSULT", "042", "occurred")


def test_a_refusal_is_a_rejection_and_a_denial_is_not(parse: Callable) -> None:
    refused = reality(next(token for token in parse("Oslo will not lift the ban.") if token.lemma_ == "lift"))
    denied = reality(next(token for token in parse("Oslo did not lift the ban.") if token.lemma_ == "lift"))
    assert (refused.refused, denied.refused) == (True, False)
    assert retyped("RETREAT", "085", refused)[0] == "REJECT"
    assert retyped("RETREAT", "085", denied)[0] == "RETREAT"
