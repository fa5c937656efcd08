"""Attribution: who says so."""

from collections.abc import Callable

import pytest

from pipelines.extract.attribution import source_of


def source(parse: Callable, text: str, lemma: str) -> str | None:
    found = source_of(next(token for token in parse(text) if token.lemma_ == lemma))
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("The army said that rebels shelled the bridge.", "shell", "army"),
        ("Rebels shelled the bridge, the army said.", "shell", "army"),
        ("Rebels shelled the bridge, according to the army.", "shell", "army"),
        ("Rebels claimed to have shelled the bridge.", "shell", "Rebels"),
        ("The chief warned that ships would be sunk.", "sink", "chief"),
        ("The daily quoted the mayor as saying that rebels shelled the bridge.", "shell", "mayor"),
    ],
)
def test_the_source_is_who_says_so(parse: Callable, text: str, lemma: str, expected: str) -> None:
    assert source(parse, text, lemma) == expected


@pytest.mark.parametrize(
    ("text", "lemma"),
    [("Rebels shelled the bridge.", "shell"), ("Kenya wants to ban the party.", "ban")],
)
def test_what_the_text_itself_tells_has_no_source(parse: Callable, text: str, lemma: str) -> None:
    assert source(parse, text, lemma) is None
