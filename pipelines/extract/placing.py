"""Where a mention's event happened: the toponym of the sentence that belongs to it.

Read off the parse: the preposition a name stands under, and the word that preposition hangs on. Which place on
earth a name means is decided in ``places``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipelines.extract import roles
from pipelines.extract.clauses import SPEECH_TYPES, Toll, Way, cost, is_occasion, is_verbal, way
from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.model import Actor, Place, Sentence
from pipelines.extract.scene_words import scene_words
from pipelines.extract.spans import head_token

_TOO_FAR = 9
_WIDE = 4  # what a country, or a name of no known country, costs beside a town
_INSIDE = ("conj", "appos", "compound", "nmod", "poss")
_MAX_CLIMB = 6


def stated_place(
    trigger: Token,
    sentence: Sentence,
    places: Sequence[Place],
    who: Sequence[Actor],
    taken: Sequence[tuple[int, int]] = (),
    *,
    type_: str = "",
    in_words: bool = False,
) -> Place | None:
    """The resolved toponym of the sentence that says where; None where none does.

    A toponym says where when it stands under a preposition of place within reach of the trigger, or is what a visit,
    a movement or an attack goes to, leaves or falls upon. What is part of an actor's name ("the army of Kenya"), of an
    agreement's title (``taken`` spans) or of another clause does not. ``type_`` is the type of the event; ``in_words``
    says that it is an act of speech though its type need not be.
    """
    best: tuple[int, int] | None = None
    chosen = None
    for place in places:
        if not (sentence.start <= place.start and place.end <= sentence.end) or place.name is None:
            continue
        head = head_token(trigger.doc, place.start - sentence.start, place.end - sentence.start)
        if head is None or (_overlaps(place, taken) and not _is_where_signed(head, place)):
            continue
        away = _distance(trigger, head, place, who, type_, speech=in_words or type_ in SPEECH_TYPES)
        if away is None:
            continue
        wide = place.kind == "country" or place.country is None
        rank = (away + _WIDE * wide + (head.dep_ == "conj"), abs(head.i - trigger.i))
        if best is None or rank < best:
            best, chosen = rank, place
    return replace(chosen, method="stated") if chosen else None


def _overlaps(place: Place, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < place.end and place.start < end for start, end in spans)


def _is_where_signed(head: Token, place: Place) -> bool:
    """ "A trade agreement in X": a town at the end of a title is where it was signed rather than what it is about."""
    return place.kind == "city" and head.dep_ == "pobj" and head.head.lower_ in ("in", "at")


def _distance(
    trigger: Token, head: Token, place: Place, who: Sequence[Actor], type_: str, *, speech: bool
) -> int | None:
    """How far off the place stands, or None where it is not where the event happened."""
    site = _site(head)
    if _hosts(site, trigger, place):
        return 0
    moves = type_ in scene_words("moving_types")
    if moves and _is_reached(site, trigger):
        return 1
    prep = _preposition(site)
    if prep is None:
        return None
    if prep.lower_ in scene_words("at_prepositions"):
        between = None if _in_a_name(place, who, prep) else way(trigger, head)
        return None if between is None else _reach(trigger, between, type_, speech=speech)
    if speech or not ((moves and _is_argument(prep, trigger)) or _is_of_movement(prep.head, trigger)):
        return None
    if prep.lower_ in scene_words("from_prepositions"):
        return 1 if type_ == "RETREAT" else 3
    if prep.lower_ in scene_words("to_prepositions"):
        return 1
    upon = prep.lower_ in scene_words("upon_prepositions")
    return 2 if upon and (place.kind != "country" or type_ == "ASSAULT") else None


def _reach(trigger: Token, between: Way, type_: str, *, speech: bool) -> int | None:
    if speech and not _is_beside(between, trigger):
        return None
    toll = cost(trigger, between, Toll(said=None, content=None, speech=speech or type_ == "AGREE"))
    if toll is None or between.steps + toll > _TOO_FAR:
        return None
    return between.steps + toll


def _is_beside(between: Way, trigger: Token) -> bool:
    """Whether the place hangs on the speech act itself, or on its occasion, rather than on what it is about."""
    if between.top != trigger or not between.down:
        return False
    if any(is_occasion(node, trigger) for node in between.down):
        return True
    down = between.down
    if is_verbal(down[-1]) and down[-1].dep_ == "conj" and not _has_complement(trigger):
        down = down[:-1]  # "embraced and forgave each other in X"
    own = len(down) == 2 or down[-1].lower_ in scene_words("circumstance") | scene_words("other_time")
    return down[-1].dep_ == "prep" and own


def _has_complement(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "prep") for child in verb.children)


def _site(head: Token) -> Token:
    """The word that stands for the place in its clause: "the port of X", "X airport", "X and Y"."""
    node = head
    for _ in range(_MAX_CLIMB):
        governor = node.head
        if governor == node:
            break
        if node.dep_ in ("conj", "appos") or (
            node.dep_ in ("compound", "nmod", "poss", "amod")
            and (governor.lemma_.lower() in scene_words("site_nouns") or _is_name_of_place(node, governor))
        ):
            node = governor
        elif (
            node.dep_ == "pobj"
            and governor.lower_ == "of"
            and governor.head.lemma_.lower() in scene_words("site_nouns")
        ):
            node = governor.head
        else:
            break
    return node


def _is_name_of_place(node: Token, governor: Token) -> bool:
    return (
        node.dep_ == "compound"
        and node.pos_ == "PROPN"
        and governor.pos_ == "PROPN"
        and governor.dep_ == "pobj"
    )


def _preposition(site: Token) -> Token | None:
    """The preposition of place a site stands under; of "out of" and "close to" the word that says it."""
    if site.dep_ != "pobj" or site.head.pos_ not in ("ADP", "SCONJ", "ADV", "PART", "VERB"):
        return None
    return site.head


def _is_argument(prep: Token, trigger: Token) -> bool:
    """Whether the preposition hangs on the trigger, its particle, or the thing that it moves."""
    host = prep.head
    while host.dep_ in ("prep", "prt", "advmod") and host.head != host:
        host = host.head
    if host.dep_ == "pobj" and host.head.lower_ in ("by", "of") and host.head.head == trigger:
        return True  # "attacks by rebels on X", "the deployment of troops to X"
    if host == trigger:
        return True
    if _acts(trigger):
        return host in roles.objects(trigger)
    return host.lemma_ in scene_words("happening_verbs") and trigger.head == host


def _is_of_movement(noun: Token, trigger: Token) -> bool:
    """Whether the preposition hangs on a movement that the trigger speaks of: "a visit to X is planned"."""
    if noun.dep_ not in ("nsubj", "nsubjpass", "dobj") or noun.head != trigger:
        return False
    known = event_lexicon().get(("n", noun.lemma_.lower()), ())
    return any(entry.type in scene_words("moving_types") for entry in known)


def _is_reached(site: Token, trigger: Token) -> bool:
    """Whether the place is what somebody visits, leaves, takes or shells, or what the event of a noun closes or shakes."""
    verb = trigger
    if not _acts(trigger):
        verb = trigger.head.head if trigger.head.dep_ == "agent" else trigger.head
        if trigger.dep_ not in ("nsubj", "pobj"):
            return False
    if not _acts(verb) or verb.lemma_ not in scene_words("reaching_verbs"):
        return False
    return any(one == site for one in roles.objects(verb))


def _acts(word: Token) -> bool:
    """A verb, or what a headline's verb was taken for: a noun with an object."""
    return is_verbal(word) or any(child.dep_ == "dobj" for child in word.children)


def _in_a_name(place: Place, who: Sequence[Actor], prep: Token) -> bool:
    """Whether the place only tells whose the actor is: "the president of X" as against "the court in X"."""
    covering = [actor for actor in who if actor.start <= place.start and place.end <= actor.end]
    if prep.lower_ in ("in", "at", "near"):
        return False
    return any(actor.kind not in ("country", "body") for actor in covering)


def _hosts(site: Token, trigger: Token, place: Place) -> bool:
    return (
        trigger.lemma_ in scene_words("hosting_verbs")
        and site.dep_ == "nsubj"
        and site.head == trigger
        and place.kind == "city"
    )


def inherited_place(place: Place) -> Place:
    """The place of a neighbouring sentence about the same event, marked as such."""
    return replace(place, method="inherited")
