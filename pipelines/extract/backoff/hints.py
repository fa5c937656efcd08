"""Which types of event a word suggests: by the rows of the event lexicon, and by the thesaurus in ``lexicon/hints``."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.ontology import LEXICON
from pipelines.extract.tabular import read_rows

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "ADV": "a"}


def types_by_rows(lemma: str, pos: str) -> frozenset[str]:
    """The types that have a row with this trigger; ``pos`` is the parser's part of speech."""
    return _rows().get((_POS.get(pos, ""), lemma), frozenset())


def types_by_hints(lemma: str) -> frozenset[str]:
    """The types under which the thesaurus holds the word, whatever its part of speech: "protest", "to protest"."""
    return _hints().get(lemma, frozenset())


@cache
def _rows() -> dict[tuple[str, str], frozenset[str]]:
    return {key: frozenset(entry.type for entry in entries) for key, entries in event_lexicon().items()}


@cache
def _hints() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((LEXICON / "hints").glob("*.csv")):
        for row in read_rows(path):
            found[row["lemma"]].add(path.stem.upper())
    return {lemma: frozenset(types) for lemma, types in found.items()}
