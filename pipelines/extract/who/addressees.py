"""Whom an act is directed at where its own object is a thing: "accepted a Ghanaian proposal", "a deal with Peru".

Looks down from the word that tells of the event, through its object and what that consists of. Who a phrase names
is the reader's to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.extract.who.vocabulary import vocabulary

_ADDRESSING = vocabulary("addressing")
_REACHING = vocabulary("reaching")
_MOVING = vocabulary("moving")
_SIDES = vocabulary("side_nouns")
_DEPTH = 6
_MOST = 24  # words looked at


def beneath(trigger: Token, *, reaching: bool = False) -> Iterator[Token]:
    """The nouns that what happens is about, nearest first: objects, then what they are of, with, from or to do.

    With ``reaching`` also those where it happens, which it reaches: "funded schools in Chad".
    """
    if any(map(_is_untold, trigger.children)):
        return
    prepositions = _REACHING if reaching else _ADDRESSING
    level, seen = [trigger], 0
    for _ in range(_DEPTH):
        following = [child for token in level for child in _about(token, prepositions)]
        for token in following:
            seen += 1
            if seen > _MOST:
                return
            if not _moved(token) and token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ"):
                yield token
        level = following


def _is_untold(child: Token) -> bool:
    """Whether somebody is addressed whom the text does not tell: what he shall do names others than him."""
    return child.dep_ in ("dobj", "dative") and (child.tag_ == "PRP" or child.lemma_ in _SIDES)


def _about(token: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    verbal = token.pos_ in ("VERB", "AUX")
    own_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    for child in token.children:
        if (
            child.dep_ == "dobj"
            or (child.dep_ == "dative" and child.pos_ in ("NOUN", "PROPN"))
            or (child.dep_ == "nsubjpass" and verbal)
            or child.dep_ in ("xcomp", "acl", "pcomp")
            or (child.dep_ in ("ccomp", "advcl") and _to(child))
        ):
            yield child
        elif (
            child.dep_ in ("prep", "dative")
            and child.lower_ in prepositions
            and not (child.lower_ == "of" and _moved(token))
        ):
            yield from (noun for noun in child.children if noun.dep_ in ("pobj", "pcomp"))
        elif child.dep_ == "conj" and not verbal and not own_subject:
            yield child


def _moved(token: Token) -> bool:
    """Whether a noun is what is sent or called up, which is not whom it is sent to."""
    return token.dep_ == "dobj" and token.head.lemma_ in _MOVING


def _to(verb: Token) -> bool:
    """Whether a clause is an infinitive without a subject of its own, as in "agreed to lend"."""
    return verb.tag_ == "VB" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
