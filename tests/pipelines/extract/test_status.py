"""Status: whether it happened."""

from collections.abc import Callable

import pytest
from pipelines.extract.status import reality, retyped


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
    assert retyped("CONSULT", "042", "planned") == ("AGREE", "036")
    assert retyped("CONSULT", "042", "occurred") == ("CONSULT", "042")
