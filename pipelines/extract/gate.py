"""A cheap test whether a sentence can tell of an event at all, so that few sentences reach the parser.

A sentence passes when some lexicon entry's trigger and one word for each of its named slots stand in it. Word
forms are undone without a tagger: by spaCy's own table of irregular forms and by the regular endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pipelines.extract.asking import Asking
from pipelines.extract.cues import cues
from pipelines.extract.events_lexicon import Slot, event_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MAX_SENTENCE = (
    2_000  # longer "sentences" are lists or unclosed pages, and the parser's cost grows with length
)

# Roles that are filled without a word of their name; "the Peru-Chile talks" are between the two without saying so.
_WORDLESS = frozenset(("subj", "obj", "iobj", "prt", "comp", "inf", "attr", "mod", "poss", "between"))
_TO = frozenset({"to"})
_FUTURE = frozenset({"will", "would", "vow", "promise", "pledge", "right"})

Irregular = Mapping[str, Sequence[str]]
Words = tuple[frozenset[str], ...]


class Gate:
    """Knows which lemmas a sentence's words could have, and which combinations can tell of an event."""

    def __init__(self, irregular: Irregular) -> None:
        self._asked_for = lru_cache(maxsize=200_000)(
            lambda word: _vocabulary().intersection(possible_lemmas(word, irregular))
        )

    def admits(self, sentence: str) -> bool:
        """Whether the sentence could hold a trigger with the words that its frame asks for."""
        return bool(self.types(sentence))

    def types(self, sentence: str) -> frozenset[str]:
        """The types of event that the sentence has a trigger and all the words of a frame for."""
        if len(sentence) > _MAX_SENTENCE:
            return frozenset()
        words = [word.lower() for word in _WORD.findall(sentence)]
        present: set[str] = set().union(*map(self._asked_for, words))
        for word in words:
            if "-" in word:
                present.update(word.split("-"))
        triggers = _triggers()
        return frozenset(
            type_ for lemma in triggers.keys() & present for type_ in triggers[lemma].satisfied(present)
        )


@cache
def _triggers() -> dict[str, Asking[str]]:
    """The types that each trigger lemma can tell of, by the words that they ask for beside it."""
    return {
        lemma: Asking((type_, one) for type_, alternatives in types.items() for one in alternatives)
        for lemma, types in _needs().items()
    }


@cache
def _needs() -> dict[str, dict[str, tuple[Words, ...]]]:
    """For each trigger lemma and type the alternative lists of word sets, one word of each of which must be present."""
    needs: dict[str, dict[str, list[Words]]] = {}
    for (_, lemma), entries in event_lexicon().items():
        for entry in entries:
            named = tuple(dict.fromkeys(_named(entry.slots)))
            needs.setdefault(lemma, {}).setdefault(entry.type, []).append(named)
    for act, lemma, words in _speech_needs():
        needs.setdefault(lemma, {}).setdefault(cues().speech_acts[act][0], []).append(words)
    return {
        lemma: {
            type_: ((),) if () in alternatives else tuple(dict.fromkeys(alternatives))
            for type_, alternatives in types.items()
        }
        for lemma, types in needs.items()
    }


@cache
def _vocabulary() -> frozenset[str]:
    """Every word that an event asks for, as trigger or beside one."""
    beside = (
        word
        for types in _needs().values()
        for sets in types.values()
        for one in sets
        for words in one
        for word in words
    )
    return frozenset((*_needs(), *beside))


def _named(slots: Sequence[Slot]) -> Iterator[frozenset[str]]:
    """The word sets that the slots of an entry ask for, the prepositions of their paths included."""
    for slot in slots:
        if slot.negated:
            continue
        if slot.words and not slot.special:
            yield slot.words
        for role in slot.path:
            if role not in _WORDLESS:
                yield frozenset({role})


def _speech_needs() -> Iterator[tuple[str, str, Words]]:
    """What demands, threats and charges by speech need (see ``speech``): the act, its lemma, word sets."""
    known = cues()
    saying = known.asserting | known.doubting
    for modal in known.obligation:
        yield "demand", modal, (saying,)
    for wish in known.wishing:
        yield "demand", wish, (known.past_modals, _TO)
    for patterns in (known.threats_of_self, known.threats_to_others, known.declared_threats):
        for _, lemma, others in patterns:
            yield "threat", lemma, (others or saying | _FUTURE, saying | _FUTURE)
    for _, lemma, others in known.misdeeds:
        yield "charge", lemma, (saying, others or saying)


def possible_lemmas(word: str, irregular: Irregular) -> set[str]:
    """Every dictionary form that a lower-case word could be an inflection of, itself included."""
    found = {word, *irregular.get(word, ())}
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found.update(stem + replacement for replacement in replacements)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return found


_ENDINGS = (
    ("ies", ("y", "ie")), ("es", ("", "e", "is")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
    ("’s", ("",)), ("'s", ("",)), ("men", ("man",)),
)  # fmt: skip
