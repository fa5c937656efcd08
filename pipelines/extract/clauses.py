"""How far a word stands from a trigger, with the borders of clauses in between counted or closed.

Dating and placing ask whether an expression belongs to an event. The way between the two in the parse goes up from
the trigger and down to the expression; every border on it costs, and some end the way: what a relative clause tells
has its own time and place, and so has what somebody says. What kind of expression it is, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.scene_words import scene_words
from pipelines.extract.spans import path_to_root

SPEECH_TYPES = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_SAYING = SPEECH_TYPES | {"SUPPORT"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NEAR, _FAR = 1, 3


@dataclass(frozen=True, slots=True)
class Way:
    """From a trigger up to the lowest word that governs both, and down to the expression's head.

    ``up`` and ``down`` are the words on either side below ``top``, from the outside in.
    """

    up: tuple[Token, ...]
    top: Token
    down: tuple[Token, ...]

    @property
    def steps(self) -> int:
        """Edges of the parse between the two."""
        return len(self.up) + len(self.down)


def way(trigger: Token, head: Token) -> Way | None:
    """The way between two words of a sentence, or None where they stand in different trees."""
    above = path_to_root(trigger)
    below = path_to_root(head)
    places = {token.i: steps for steps, token in enumerate(above)}
    for steps, token in enumerate(below):
        if token.i in places:
            return Way(tuple(above[: places[token.i]]), token, tuple(below[:steps]))
    return None


@dataclass(frozen=True, slots=True)
class Toll:
    """What single borders cost: ``said`` that of a clause that is reported, ``content`` that of what a speech act is about.

    None closes the border. ``speech`` says that the trigger is a speech act.
    """

    said: int | None
    content: int | None
    speech: bool


def cost(trigger: Token, between: Way, toll: Toll) -> int | None:
    """What the borders on the way cost; None where one of them closes it."""
    costs = [_up(node, toll) for node in between.up]
    costs += [_down(node, trigger, between, toll) for node in between.down]
    open_ = [one for one in costs if one is not None]
    return sum(open_) if len(open_) == len(costs) else None


def _up(node: Token, toll: Toll) -> int | None:
    """What it costs to leave the clause of the trigger through ``node``."""
    match node.dep_:
        case "ccomp" | "parataxis":
            return toll.said
        case "relcl":
            return 2 if _opens_with(node, "carrying_on") else None
        case "acl":
            return _reduced(node)
        case "advcl":
            return _adverbial(node, purpose=_NEAR)
        case "conj" if is_verbal(node):
            return _coordinated(node, node.head)
        case "conj":
            return _NEAR
        case "pobj" | "pcomp" if node.head.lower_ in scene_words("other_time"):
            return _FAR
        case "dobj" if node.pos_ == "NOUN" and is_verbal(node.head):
            return _carried(node.head)
    return 0


def _down(node: Token, trigger: Token, between: Way, toll: Toll) -> int | None:
    """What it costs to enter the clause or phrase that ``node`` heads."""
    own = node.head == trigger
    if is_occasion(node, trigger):
        return _NEAR
    match node.dep_:
        case "relcl":
            return _NEAR if own and node.lemma_ in scene_words("happening_verbs") else None
        case "acl":
            return _NEAR if own or (not toll.speech and node.tag_ == "VBG") else None
        case "advcl":
            return None if toll.speech and _is_infinitive(node) else _adverbial(node, purpose=_FAR)
        case "ccomp":
            return None
        case "xcomp" | "pcomp" if is_verbal(node):
            if node.head.lower_ in scene_words("other_time"):
                return None
            return toll.content if toll.speech else _NEAR
        case "parataxis":
            return toll.said
        case "prep" if node.lower_ in scene_words("other_time"):
            return _after(node, between)
        case "conj" if is_verbal(node):
            return _coordinated(between.top if node.head == between.top else node.head, node)
        case "conj":
            return _NEAR
        case "dobj" if node.head != trigger and is_verbal(node.head):
            return None if _is_saying(node.head, SPEECH_TYPES) else 0
    return 0


def is_occasion(node: Token, trigger: Token) -> bool:
    """Whether a participle tells what the doer was about when it did it: "speaking in X, he praised"."""
    if node.tag_ != "VBG" or node.dep_ not in ("acl", "advcl") or _opens_with(node, "other_time"):
        return False
    doer = node.head == trigger or (node.head.head == trigger and node.head.dep_ in _SUBJECTS)
    return doer and node.lemma_ in scene_words("occasion_verbs")


def _reduced(clause: Token) -> int | None:
    """ "The treaty signed by X was shown on Monday" tells of another day, "the strike called by X began on Monday" not."""
    if clause.tag_ != "VBN":
        return _NEAR
    known = event_lexicon().get(("n", clause.head.lemma_.lower()), ())
    return 2 if any(entry.type in scene_words("moving_types") for entry in known) else None


def _after(prep: Token, between: Way) -> int | None:
    """ "After talks in X": what talks lead to is where they were; another event is elsewhere and at another time."""
    if between.down[0].head == prep:
        return 0  # "since Monday" itself is for dating to judge
    if prep.lower_ in ("after", "following") and len(between.down) > 2:
        known = event_lexicon().get(("n", between.down[1].head.lemma_.lower()), ())
        if between.down[1].dep_ == "prep" and any(entry.type == "CONSULT" for entry in known):
            return _FAR
    return None


def _adverbial(clause: Token, *, purpose: int) -> int | None:
    if _opens_with(clause, "other_time"):
        return None
    if _opens_with(clause, "same_time"):
        return 2
    if _is_infinitive(clause):
        return purpose
    return _NEAR if clause.tag_ in ("VBG", "VBN") else _FAR


def _coordinated(first: Token, second: Token) -> int | None:
    """Two coordinated verbs share time and place where they share subject and tense."""
    if is_ahead(first) != is_ahead(second):
        return None
    return _FAR if _has_subject(second) else _NEAR


def _carried(verb: Token) -> int | None:
    """An event noun under a verb that says something of the event: nothing where the verb is an event of its own."""
    if verb.lemma_ in scene_words("happening_verbs"):
        return 0
    return None if _is_saying(verb, _SAYING) else 2


def _is_saying(verb: Token, types: frozenset[str]) -> bool:
    return any(entry.type in types for entry in event_lexicon().get(("v", verb.lemma_), ()))


def is_ahead(verb: Token) -> bool:
    """Whether the verb's own auxiliaries put it in the future."""
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "shall", "'ll", "wo") for child in verb.children
    )


def is_verbal(token: Token) -> bool:
    """Whether the word is a verb."""
    return token.pos_ in ("VERB", "AUX")


def _opens_with(clause: Token, words: str) -> bool:
    return any(
        child.i < clause.i and child.dep_ in ("mark", "advmod", "prep") and child.lower_ in scene_words(words)
        for child in clause.children
    )


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)
