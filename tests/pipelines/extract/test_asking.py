"""What finds all its words is found, and nothing else, in the order it was given in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.asking import Asking

WORDS = st.sampled_from("abcdefgh")
WORD_SETS = st.lists(st.frozensets(WORDS, min_size=1, max_size=3), max_size=3)


@given(st.lists(WORD_SETS, max_size=12), st.frozensets(WORDS))
def test_what_is_satisfied_is_what_a_look_at_each_would_find(
    wanted: list[list[frozenset[str]]], present: frozenset[str]
) -> None:
    expected = [at for at, sets in enumerate(wanted) if all(one & present for one in sets)]
    assert Asking(enumerate(wanted)).satisfied(present) == expected


def test_what_asks_for_nothing_is_always_satisfied() -> None:
    assert Asking([("war", []), ("talks", [frozenset({"hold"})])]).satisfied(frozenset()) == ["war"]
