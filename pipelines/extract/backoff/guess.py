"""Read a sentence that no row of the event lexicon reads: the likeliest event between two of its parties, if any.

Who the parties are is said by the actor reader; what it counts as, by the model. The trigger is the word whose features
speak most for the type, so that a reader of the row sees what the guess stands on.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from spacy.tokens import Doc, Token

from pipelines.extract.backoff.features import features, suggestive
from pipelines.extract.backoff.model import NOTHING, least_chance, load
from pipelines.extract.backoff.parties import may_be_party, parties, ways
from pipelines.extract.backoff.tree import Tree, Way, tree_of
from pipelines.extract.events_lexicon import Entry
from pipelines.extract.grammar import Candidate, IsWho
from pipelines.extract.ontology import ontology

MODEL = "model:"  # how the rule of a guess begins
_JOINT = frozenset({"CONSULT", "COOPERATE"})


def guess(doc: Doc, is_who: IsWho, taken: Collection[tuple[int, int]] = ()) -> Candidate | None:
    """The likeliest event between parties outside the stretches ``taken`` (code points of the parsed sentence).

    None where no event is likely enough or fewer than two parties stand there. What stands beside an event that the
    lexicon reads must be surer.
    """
    if sum(may_be_party(token) and _is_free(token, taken) for token in doc) < 2:
        return None  # told without asking who anybody is
    heads = [at for at in parties(doc, is_who) if _is_free(doc[at], taken)]
    if len(heads) < 2:
        return None
    tree, model = tree_of(doc), load()
    nothing = model.types.index(NOTHING)
    best: tuple[float, str, Way] | None = None
    for one in ways(tree, heads):
        chances = model.probabilities(features(tree, one))
        chances[nothing] = 0 if chances.argmax() != nothing else chances[nothing]
        likeliest = int(chances.argmax())
        if likeliest != nothing and (best is None or chances[likeliest] > best[0]):
            best = float(chances[likeliest]), model.types[likeliest], one
    if best is None or best[0] < least_chance(beside_another=bool(taken)):
        return None
    chance, type_, found = best
    return _candidate(doc, tree, found, type_, chance)


def _is_free(token: Token, taken: Collection[tuple[int, int]]) -> bool:
    return not any(start <= token.idx < end for start, end in taken)


def _candidate(doc: Doc, tree: Tree, found: Way, type_: str, chance: float) -> Candidate:
    trigger = doc[_trigger(tree, found, type_)]
    return Candidate(
        trigger,
        _entry(type_),
        (doc[found.first],),
        (doc[found.last],),
        frozenset(found.inner),
        chance=round(chance, 2),
    )


def _trigger(tree: Tree, found: Way, type_: str) -> int:
    """The content word on or beside the way that speaks most for the type."""
    model = load()
    beside = [child for word in found.inner for child in tree.children[word]]
    words = [
        word
        for word in dict.fromkeys((*found.inner, found.apex, *beside))
        if word not in (found.first, found.last) and tree.pos[word] in ("VERB", "NOUN", "ADJ")
    ]
    if not words:
        return suggestive(tree, found) or found.apex

    def speaks(word: int) -> float:
        where = "way" if word in found.inner else "beside"
        return model.weight(f"{where}:{tree.lemmas[word]}", type_) + (word in found.inner) * 0.1

    return max(words, key=speaks)


@cache
def _entry(type_: str) -> Entry:
    known = ontology().types[type_]
    return Entry(
        type_, (), "v", (), (), (), type_ in _JOINT, None, known.cameo, (), f"{MODEL}{type_.lower()}"
    )
