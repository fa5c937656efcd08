"""Where a mention's event happened: the toponym of the sentence that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipelines.extract.model import Actor, Place, Sentence
from pipelines.extract.spans import head_token, tree_distance
from pipelines.extract.wordlists import words

_TOO_FAR = 8


def stated_place(
    trigger: Token, sentence: Sentence, places: Sequence[Place], who: Sequence[Actor]
) -> Place | None:
    """The resolved toponym of the sentence that says where; None where none does.

    A toponym says where when a preposition of place governs it; one that is part of an actor's name
    ("the army of Kenya") or stands for a government does not, unless it hosts the event.
    """
    best: tuple[int, int, int] | None = None
    chosen = None
    for place in places:
        if not (sentence.start <= place.start and place.end <= sentence.end) or place.name is None:
            continue
        head = head_token(trigger.doc, place.start - sentence.start, place.end - sentence.start)
        if head is None or not (_is_scene(head, place, who) or _hosts(head, trigger, place)):
            continue
        distance = tree_distance(trigger, head)
        rank = (distance, 0 if place.kind != "country" else 1, abs(head.i - trigger.i))
        if distance <= _TOO_FAR and (best is None or rank < best):
            best, chosen = rank, place
    return replace(chosen, method="stated") if chosen else None


def _is_scene(head: Token, place: Place, who: Sequence[Actor]) -> bool:
    node = head
    while node.dep_ in ("conj", "appos", "compound", "nmod") and node.head != node:
        node = node.head
    if node.dep_ != "pobj" or node.head.lower_ not in words("place_prepositions"):
        return False
    covering = [actor for actor in who if actor.start <= place.start and place.end <= actor.end]
    return all(
        actor.kind in ("country", "body") or node.head.lower_ in ("in", "at", "near") for actor in covering
    )


def _hosts(head: Token, trigger: Token, place: Place) -> bool:
    node = head
    while node.dep_ == "conj" and node.head != node:
        node = node.head
    return (
        trigger.lemma_ in words("hosting_verbs")
        and node.dep_ == "nsubj"
        and node.head == trigger
        and place.kind == "city"
    )


def inherited_place(place: Place) -> Place:
    """The place of a neighbouring sentence about the same event, marked as such."""
    return replace(place, method="inherited")
