"""Things that ask for words beside them, found by the words that are there, without looking at each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
WordSets = Sequence[frozenset[str]]


class Asking(Generic[Thing]):
    """Things with the word sets that each asks for: one word of every set must be there."""

    def __init__(self, things: Iterable[tuple[Thing, WordSets]]) -> None:
        self._things: list[Thing] = []
        self._content: list[int] = []  # those that ask for nothing
        self._by_word: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        for at, (thing, sets) in enumerate(things):
            self._things.append(thing)
            if not sets:
                self._content.append(at)
                continue
            rarest = min(sets, key=len)
            others = tuple(one for one in sets if one is not rarest)
            for word in rarest:
                self._by_word.setdefault(word, []).append((at, others))

    def satisfied(self, present: AbstractSet[str]) -> list[Thing]:
        """The things that find all that they ask for among the words ``present``, in the order they were given in."""
        found = set(self._content)
        for word in self._by_word.keys() & present:
            for at, others in self._by_word[word]:
                if at not in found and not any(map(present.isdisjoint, others)):
                    found.add(at)
        return [self._things[at] for at in sorted(found)]
