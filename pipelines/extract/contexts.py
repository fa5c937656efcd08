"""What an event is about: PLOVER contexts from the trigger's own meaning and the words of its sentence."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.ontology import LEXICON, ontology
from pipelines.extract.tabular import read_rows

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MAX_PHRASE = 4


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Word sequences, in lower case, to contexts."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in read_rows(LEXICON / "contexts.csv"):
        found.setdefault(tuple(row["lemma_or_phrase"].lower().split()), []).append(row["context"])
    return {phrase: tuple(contexts) for phrase, contexts in found.items()}


def contexts_of(sentence: str, own: tuple[str, ...], cameo: str) -> tuple[str, ...]:
    """The contexts, sorted: those of the lexicon entry, of the CAMEO code, and of the sentence's words."""
    found = set(own)
    code = ontology().cameo.get(cameo)
    if code:
        found.update(code.contexts)
    tokens = [match.group().lower() for match in _WORD.finditer(sentence)]
    known = _phrases()
    for first in range(len(tokens)):
        for length in range(1, _MAX_PHRASE + 1):
            phrase = tuple(tokens[first : first + length])
            found.update(known.get(phrase, ()))
            if length == 1 and tokens[first].endswith("s"):
                found.update(known.get((tokens[first][:-1],), ()))
    return tuple(sorted(found & ontology().contexts))
