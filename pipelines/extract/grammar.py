"""Find the words that tell of an event, and the heads of the phrases that take part in it.

Matches the event lexicon against one parsed sentence. Knows syntax (through ``roles``) and the lexicon; who the
phrases name, when and where it was and whether it happened is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipelines.extract import roles
from pipelines.extract.events_lexicon import ANYTHING, WHO, Entry, Slot, asking_entries, trigger_lemmas
from pipelines.extract.wordlists import words

IsWho = Callable[[Token], bool]
Fillers = dict[
    tuple[str, ...], list[Token]
]  # what fills the roles of one trigger, found once for all its entries

_POS = {"VERB": ("v",), "AUX": ("v",), "NOUN": ("n",), "PROPN": ("n",), "ADJ": ("a",)}
_SPEECH_ACTS = {"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", "SUPPORT", "PROTEST"}
_SIGNING = "057"
_SIDES = ("between", "with", "of", "poss")  # where an event noun names those who take part
_OWN_FORCES = (
    "MOBILIZE"  # what is moved is the mover's own: "jets were scrambled", "the deployment of Thai troops"
)
_FORCES = {"v": ("obj",), "n": ("of", "mod"), "a": ()}
_MAX_CLIMB = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a trigger. ``covered`` are the tokens that it accounts for, so that they tell of nothing else.

    ``borrowed`` says that a noun took its actor from the verb that carries it. ``teller`` is the verb whose clause
    says whether it happened, where that is not the trigger's own. ``chance`` is the second reader's probability, 0
    where the lexicon read it.
    """

    trigger: Token
    entry: Entry
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    covered: frozenset[int]
    borrowed: bool = False
    teller: Token | None = None
    chance: float = 0.0

    @property
    def extent(self) -> tuple[int, int]:
        """Code-point offsets, in the parsed sentence, of trigger and particle."""
        last = self.trigger
        for child in self.trigger.children:
            if child.dep_ == "prt" and child.i == last.i + 1:
                last = child
        return self.trigger.idx, last.idx + len(last.text)


def find_candidates(doc: Doc, is_who: IsWho) -> list[Candidate]:
    """Every event that the sentence tells of, in text order; what another event accounts for is left out."""
    present, triggers = words_of(doc), trigger_lemmas()
    found = [
        candidate
        for token in doc
        if token.lemma_.lower() in triggers
        and (candidate := read_trigger(token, is_who, present)) is not None
    ]
    return [one for one in found if not any(_replaces(other, one) for other in found if other is not one)]


def words_of(doc: Doc) -> frozenset[str]:
    """The words of a sentence and their dictionary forms, in lower case: what slots can be filled with."""
    return frozenset(form for token in doc for form in (token.lemma_.lower(), token.lower_))


def read_trigger(token: Token, is_who: IsWho, present: frozenset[str]) -> Candidate | None:
    """The best reading of one word as a trigger, or None; ``present`` are the words of its sentence."""
    lemma = token.lemma_.lower()
    readings = [entries for pos in _parts_of_speech(token) if (entries := asking_entries().get((pos, lemma)))]
    if not readings or _is_hyphenated(token) or _is_in_name(token) or _is_abstract(token):
        return None
    fillers: Fillers = {}
    for entries in readings:
        for entry in entries.satisfied(present):
            covered = _match(token, entry, is_who, fillers)
            if covered is not None:
                return _with_arguments(token, entry, covered, is_who)
    return None


def _is_hyphenated(token: Token) -> bool:
    """Part of a compound such as "French-backed" or "sanctions-hit", which tells of no event by itself."""
    doc, here = token.doc, token.i
    before = here > 0 and doc[here - 1].text == "-" and not doc[here - 1].whitespace_
    after = here + 1 < len(doc) and doc[here + 1].text == "-" and not token.whitespace_
    return bool(before or after)


def _is_in_name(token: Token) -> bool:
    """Part of a longer proper name, as in "Commission on Trade and Cooperation", which tells of no event by itself."""
    if token.tag_ not in ("NNP", "NNPS") or token.dep_ == "ROOT" or token.i == 0:
        return False
    before = token.nbor(-1)
    return before.tag_ in ("NNP", "NNPS", "HYPH") and (before.text == "-" or before.text[:1].isupper())


def _is_abstract(token: Token) -> bool:
    """Only spoken of, not told: "prospects for trade", "ways of establishing contacts", "interest in cooperation"."""
    head = token.head
    if (
        token.dep_ not in ("pobj", "pcomp")
        or head.dep_ != "prep"
        or head.lower_ not in ("of", "for", "in", "to")
    ):
        return False
    return head.head.lemma_.lower() in words("abstract_frames")


def _parts_of_speech(token: Token) -> tuple[str, ...]:
    if (
        token.tag_ == "VBG"
        and token.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "compound")
        and token.pos_ == "VERB"
    ):
        return ("v", "n")
    if token.tag_ == "VBN" and token.dep_ in ("acomp", "attr", "oprd", "amod"):
        return ("v", "a")
    if token.tag_ in ("NN", "NNP") and token.dep_ == "ROOT":
        return ("n", "v")  # headlines: the tagger takes "Sign" or "Slam" for a noun
    return _POS.get(token.pos_, ())


def _match(token: Token, entry: Entry, is_who: IsWho, fillers: Fillers) -> frozenset[int] | None:
    """Indexes of the tokens that fill the entry's slots, or None where a slot is not met."""
    covered: set[int] = set()
    for slot in entry.slots:
        if slot.path not in fillers:
            fillers[slot.path] = [
                deeper for one in roles.fill(token, slot.path) for deeper in roles.counted(one)
            ]
        filling = [one for one in fillers[slot.path] if _fits(one, slot, is_who)]
        if slot.negated:
            if filling:
                return None
        elif not filling:
            if not _is_own_mover(token, entry, slot, is_who):
                return None
        elif slot.words:
            covered.update(one.i for one in filling)
    return frozenset(covered)


def _is_own_mover(token: Token, entry: Entry, slot: Slot, is_who: IsWho) -> bool:
    """Whether nobody needs to be named who moved the forces, since they are named: "two brigades were sent"."""
    if entry.type != _OWN_FORCES or slot.special != WHO or slot.path != ("subj",) or entry.pos != "v":
        return False
    return (
        roles.is_passive(token)
        and not roles.logical_subjects(token)
        and any(map(is_who, roles.objects(token)))
    )


def _fits(token: Token, slot: Slot, is_who: IsWho) -> bool:
    if slot.special == ANYTHING:
        return True
    if token.lemma_.lower() in slot.words or token.lower_ in slot.words:
        return True
    return slot.special == WHO and is_who(token)


def _with_arguments(token: Token, entry: Entry, covered: frozenset[int], is_who: IsWho) -> Candidate:
    recipients = _first(token, entry.recipient, is_who)
    if entry.joins:  # "talks between A and B", "the A-B treaty": every side stands in some role of its own
        content = [
            token.doc[index] for index in sorted(covered) if token.doc[index].pos_ in ("NOUN", "PROPN")
        ]
        recipients = [one for path in entry.recipient for one in roles.fill(token, path)]
        recipients += [one for noun in content for role in _SIDES for one in roles.fill(noun, (role,))]
    actors = [one for one in _first(token, entry.actor, is_who) if one not in recipients]
    borrowed = False
    if not actors and entry.pos == "n":
        actors = [one for one in roles.light_verb_subjects(token) if one not in recipients]
        borrowed = bool(actors)
    if entry.type == _OWN_FORCES and not any(map(is_who, actors)):
        forces = [one for role in _FORCES[entry.pos] for one in roles.fill(token, (role,)) if is_who(one)]
        actors = forces or actors
        recipients = [one for one in recipients if one not in forces]
    return Candidate(token, entry, _unique(actors), _unique(recipients), covered, borrowed)


def _first(token: Token, paths: tuple[tuple[str, ...], ...], is_who: IsWho) -> list[Token]:
    """The fillers of the first role that names somebody, else of the first that is filled at all."""
    filled = [filling for path in paths if (filling := roles.fill(token, path))]
    return next((filling for filling in filled if any(map(is_who, filling))), filled[0] if filled else [])


def _unique(tokens: list[Token]) -> tuple[Token, ...]:
    return tuple(dict.fromkeys(tokens))


def _replaces(other: Candidate, one: Candidate) -> bool:
    """Whether the other candidate tells the event already; where each takes the other in, the more specific stays."""
    if _prompts(one, other):
        return True
    if _prompts(other, one) or not swallows(other, one):
        return False
    return not swallows(one, other) or (other.entry.weight, -other.trigger.i) > (
        one.entry.weight,
        -one.trigger.i,
    )


def _prompts(one: Candidate, act: Candidate) -> bool:
    """Whether the one only says what moved somebody to the act: "prompting the union to call for talks"."""
    verb = act.trigger
    return (
        one.trigger == verb.head
        and verb.dep_ in ("xcomp", "ccomp")
        and verb.tag_ == "VB"
        and one.trigger.lemma_ in words("prompting_verbs")
    )


def swallows(outer: Candidate, inner: Candidate) -> bool:
    """Whether the inner trigger is only a part of what the outer one tells."""
    if inner.trigger.i == outer.trigger.i:
        return False
    if inner.trigger.i in outer.covered:
        return True
    node = inner.trigger
    for _ in range(_MAX_CLIMB):
        head = node.head
        if head == node:
            return False
        if head.i == outer.trigger.i:
            return _is_content(outer, node, inner)
        if node.dep_ in ("nsubj", "nsubjpass", "relcl", "appos", "conj", "parataxis", "ROOT"):
            return False
        if node.dep_ == "advcl" and node.tag_ != "VB":
            return False
        node = head
    return False


def _is_content(outer: Candidate, link: Token, inner: Candidate) -> bool:
    """Whether what hangs on the outer trigger by the link is what its speech act is about."""
    if link.dep_ == "advcl":  # a purpose is not an event of its own, unless it is to sign something
        return link.tag_ == "VB" and inner.entry.cameo != _SIGNING
    if outer.entry.type not in _SPEECH_ACTS:
        return link.dep_ == "xcomp" and inner.entry.pos == "v"
    if link.dep_ in ("xcomp", "ccomp", "acl", "pcomp"):
        return True
    return link.dep_ in ("dobj", "prep", "pobj", "oprd", "attr", "acomp") and (
        inner.entry.pos == "v" or inner.borrowed or not inner.actors
    )
