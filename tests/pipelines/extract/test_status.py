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
        ("Ghana became the first state to sign the treaty.", "sign", "occurred"),
        ("Ghana was the last state to ratify the treaty.", "ratify", "occurred"),
        ("Ghana will be the first state to ratify the treaty.", "ratify", "planned"),
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
        ("The ministers are to sign the treaty in Accra.", "sign", "planned"),
        ("Ghana was forced to sign the treaty.", "sign", "occurred"),
        ("Ghana was persuaded by Togo to sign the treaty.", "sign", "occurred"),
        ("Ghana managed to free the sailors.", "free", "occurred"),
        ("Ghana began shelling the port.", "shell", "occurred"),
        ("Ghana failed to sign the treaty.", "sign", "denied"),
        ("Ghana stopped short of condemning the coup.", "condemn", "denied"),
        ("Ghana took the farms without paying their owners.", "pay", "denied"),
        ("The plan, signed in May, covers two years.", "sign", "occurred"),
        ("Ghana is believed to have shelled the port.", "shell", "occurred"),
        ("A visit to Accra is planned for June.", "plan", "planned"),
        ("Ghana is considering a ban.", "consider", "hypothetical"),
        ("Ghana flew its envoy to Lome to sign the treaty.", "sign", "planned"),
        ("Ministers of Ghana to sign the treaty", "sign", "planned"),
    ],
)
def test_negation_modality_tense_and_governors(parse: Callable, text: str, lemma: str, expected: str) -> None:
    assert status(parse, text, lemma) == expected


def test_a_protest_is_made_by_what_serves_it(parse: Callable) -> None:
    verb = next(
        token
        for token in parse("To protest against the tax, shops in Accra closed.")
        if token.lemma_ == "protest"
    )
    assert reality(verb, "PROTEST").status == "occurred"
    assert reality(verb, "CONSULT").status == "planned"


def test_what_is_believed_to_have_happened_is_doubted(parse: Callable) -> None:
    verb = next(
        token for token in parse("Ghana is believed to have shelled the port.") if token.lemma_ == "shell"
    )
    assert reality(verb).doubted


def test_a_warning_without_a_doer_is_what_the_speaker_will_do(parse: Callable) -> None:
    assert status(parse, "Ghana warned that trawlers would be sunk.", "sink") == "planned"
    assert status(parse, "Ghana warned that pirates would sink the trawlers.", "sink") == "hypothetical"


def test_announced_cooperation_is_a_promise() -> None:
    assert retyped("CONSULT", "042", Reality("planned")) == ("AGREE", "036", "planned")
    assert retyped("CONSULT", "042", Reality("occurred")) == ("CONSULT", "042", "occurred")


def test_a_refusal_is_a_rejection_and_a_denial_is_not(parse: Callable) -> None:
    refused = reality(next(token for token in parse("Oslo will not lift the ban.") if token.lemma_ == "lift"))
    denied = reality(next(token for token in parse("Oslo did not lift the ban.") if token.lemma_ == "lift"))
    assert (refused.refused, denied.refused) == (True, False)
    assert retyped("RETREAT", "085", refused)[0] == "REJECT"
    assert retyped("RETREAT", "085", denied)[0] == "RETREAT"
