"""What somebody does by saying something: to say that another must act is to demand, to promise revenge to threaten.

Finds such sayings in a parsed sentence beside what the event lexicon finds in it; the cues stand in
``lexicon/status.toml`` under ``[speech]``. Who the speakers are is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from pipelines.extract import roles
from pipelines.extract.cues import Cues, cues
from pipelines.extract.events_lexicon import Entry, event_lexicon
from pipelines.extract.grammar import Candidate, IsWho, find_candidates, swallows
from pipelines.extract.status import clause_of, reality

SPEECH = "speech:"  # how the rule of a saying begins
_MAX_CLIMB = 8
_NEAR = 3  # words between an opening quotation mark and the imperative
_QUOTES = ('"', "'", "``")
_CONTENT = {"ccomp", "parataxis", "conj", "xcomp"}
_OBJECT_ROLES = ("against", "to", "on", "with", "at")


@dataclass(frozen=True, slots=True)
class _Saying:
    """A clause and the verb that says it; ``verb`` is None where the text itself says it."""

    clause: Token
    verb: Token | None


def find_told(doc: Doc, is_who: IsWho) -> list[Candidate]:
    """Every event that the sentence tells of, demands, threats and charges by speech included, in text order."""
    events = find_candidates(doc, is_who)
    spoken = [one for token in doc if _may_say(token) for one in _spoken(token, events, is_who)]
    if not spoken:
        return events
    kept = [one for one in events if not any(_takes_in(other, one) for other in spoken)]
    return sorted([*kept, *spoken], key=lambda one: one.trigger.i)


def is_obligation(trigger: Token) -> bool:
    """Whether the clause of the trigger says that somebody must or should do it."""
    return _obliges(clause_of(trigger), cues())


def _may_say(token: Token) -> bool:
    """A cheap test that most words fail: a word of the cue lists or a bare form, as behind a modal."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    return (
        token.tag_ in ("VB", "VBP") or token.lemma_ in cues().speech_heads or token.lower_ in cues().obliging
    )


def _spoken(token: Token, events: Sequence[Candidate], is_who: IsWho) -> Iterator[Candidate]:
    known = cues()
    saying = _saying_of(token, known)
    for found in (
        _demand(saying, known, is_who),
        _threat(saying, known, is_who),
        _charge(saying, known, is_who),
    ):
        if found is not None and not any(_is_told_already(found, event) for event in events):
            yield _with_mode(found, events)
            return


def _with_mode(spoken: Candidate, events: Sequence[Candidate]) -> Candidate:
    """A demand with the mode that what is demanded gives it: to withdraw is to yield."""
    if spoken.entry.type != "REQUEST":
        return spoken
    wanted = [event.entry.type for event in events if event.trigger.i in spoken.covered]
    modes = [cues().demand_modes[type_] for type_ in wanted if type_ in cues().demand_modes]
    return replace(spoken, entry=replace(spoken.entry, mode=modes[0])) if modes else spoken


def _is_told_already(spoken: Candidate, event: Candidate) -> bool:
    """Whether an event of the lexicon has the same trigger, or is a speech act of the same kind around it."""
    if event.trigger == spoken.trigger:
        return True
    if spoken.entry == _entry("charge") and event.trigger.i in spoken.covered:
        return True  # what is laid to another's door is an event by itself, told with its source
    return event.entry.type in ("REQUEST", "THREATEN") and swallows(event, spoken)


def _takes_in(spoken: Candidate, event: Candidate) -> bool:
    """Whether the event is only what is demanded or threatened, or the promise of what is threatened."""
    if event.trigger.i in spoken.covered or swallows(spoken, event):
        return True
    return spoken.entry.type == "THREATEN" and event.entry.type == "AGREE" and swallows(event, spoken)


def _saying_of(verb: Token, known: Cues) -> _Saying:
    """The verb that says the clause: above it, or hung below it ("They must go, he said")."""
    node = verb
    for _ in range(_MAX_CLIMB):
        for child in node.children:
            if child.dep_ == "parataxis" and _says(child, known):
                return _Saying(verb, child)
        bare = node.dep_ == "advcl" and node.tag_ == "VB" and not _has_to(node)  # how imperatives are hung
        if node.head == node or not (bare or node.dep_ in _CONTENT):
            return _Saying(verb, None)
        if node.dep_ != "conj" and _says(node.head, known):
            return _Saying(verb, node.head)
        node = node.head
    return _Saying(verb, None)


def _says(verb: Token, known: Cues) -> bool:
    lemma = verb.lemma_
    return verb.pos_ == "VERB" and (
        lemma in known.asserting
        or lemma in known.doubting
        or lemma in known.warning
        or lemma in known.promising
    )


def _demand(saying: _Saying, known: Cues, is_who: IsWho) -> Candidate | None:
    clause, verb = saying.clause, saying.verb
    if _wishes(clause, known):
        others = [child for child in clause.children if child.dep_ in ("ccomp", "xcomp") and _has_to(child)]
        addressees = roles.objects(clause) or [
            one for other in others for one in roles.logical_subjects(other)
        ]
        speakers = roles.logical_subjects(clause)
        if not set(addressees) & set(speakers) and any(map(is_who, addressees)):
            return _candidate("demand", clause, speakers, addressees, others)
    if verb is None or verb.lemma_ in known.promising:
        return None
    speakers = roles.logical_subjects(verb)
    if not any(_is_somebody(one, is_who) for one in speakers):
        return None
    if _is_order(clause, verb):
        return _candidate("demand", verb, speakers, _hearers(verb), [clause])
    addressees = roles.logical_subjects(clause)
    # "Should" may be no more than advice, unless it is said to somebody by name ("said Oslo should pay").
    named = any(one.pos_ == "PROPN" and is_who(one) for one in addressees)
    if not (_obliges(clause, known, strict=not named) or _insists(clause, verb, known)):
        return None
    if any(one.lower_ in ("it", "he", "she", "they", "we", "i", "there") for one in addressees):
        return None  # what a speaker must do himself, or nobody can tell who
    if any(map(is_who, addressees)) or _concerns_event(clause):
        return _candidate("demand", verb, speakers, addressees, [clause])
    return None


def _is_somebody(speaker: Token, is_who: IsWho) -> bool:
    """Whether a speaker is named, or at least described by a name: "the Libyan curator"."""
    return is_who(speaker) or any(
        is_who(child) for child in speaker.children if child.dep_ in ("amod", "compound", "poss")
    )


def _wishes(verb: Token, known: Cues) -> bool:
    would = any(child.dep_ == "aux" and child.lower_ in known.past_modals for child in verb.children)
    return would and verb.lemma_ in known.wishing


def _has_to(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _is_order(clause: Token, verb: Token) -> bool:
    """A quoted imperative: '"Stop the shelling", the envoy told the rebels'."""
    if clause.tag_ != "VB" or clause.head != verb or clause.lower_ in ("let", "thank", "suppose"):
        return False
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "expl", "mark") for child in clause.children):
        return False
    return any(token.text in _QUOTES for token in clause.doc[max(0, clause.i - _NEAR) : clause.i])


def _hearers(verb: Token) -> list[Token]:
    return roles.fill(verb, ("iobj",)) or [one for one in roles.objects(verb) if one.pos_ != "VERB"]


def _obliges(clause: Token, known: Cues, *, strict: bool = False) -> bool:
    """Whether the clause has a modal of obligation or "has to"; ``strict`` leaves out "should", which also advises."""
    modals = known.strict_obligation if strict else known.obligation
    if any(child.dep_ == "aux" and child.lower_ in modals for child in clause.children):
        return True
    infinitives = [child for child in clause.children if child.dep_ in ("xcomp", "ccomp") and _has_to(child)]
    return bool(infinitives) and (clause.lemma_ in known.obliging or clause.lower_ in known.obliging)


def _insists(clause: Token, verb: Token, known: Cues) -> bool:
    """ "Insisted that the army leave": the bare form behind a verb of demanding."""
    return (
        verb.lemma_ in known.insisting
        and clause.tag_ in ("VB", "VBP")
        and not any(child.dep_ == "aux" for child in clause.children)
        and any(child.dep_ == "mark" for child in clause.children)
        and any(
            child.dep_ in ("nsubj", "nsubjpass") and child.tag_ in ("NN", "NNP") for child in clause.children
        )
    )


def _concerns_event(clause: Token) -> bool:
    """Whether what must change is itself an event: "the blockade must end"."""
    return any(("n", one.lemma_.lower()) in event_lexicon() for one in roles.surface_subjects(clause))


def _threat(saying: _Saying, known: Cues, is_who: IsWho) -> Candidate | None:
    clause, verb = saying.clause, saying.verb
    teller = verb if verb is not None else clause
    if _matches(clause, known.declared_threats):
        speakers = roles.logical_subjects(clause)
        inner = [deeper for one in roles.objects(clause) for deeper in roles.complements(one)]
        return _candidate("threat", clause, speakers, _targets(clause, inner), [], teller)
    of_self = _matches(clause, known.threats_of_self)
    if not of_self and not _matches(clause, known.threats_to_others):
        return None
    told = reality(clause)
    if told.status != "planned" and not told.refused:
        return None
    if of_self:
        speakers = roles.logical_subjects(clause)
        return _candidate("threat", clause, speakers, _targets(clause, roles.complements(clause)), [], teller)
    if verb is None or not any(map(is_who, speakers := roles.logical_subjects(verb))):
        return None
    targets = roles.logical_subjects(clause)
    if all(one.pos_ == "PRON" for one in targets):  # "They will regret it, he said of the rebels"
        targets = roles.prepositional(verb, "of") or targets
    return _candidate("threat", clause, speakers, targets, [], teller)


def _targets(clause: Token, inner: Sequence[Token]) -> list[Token]:
    """At whom a threat is aimed: what is said of the act, else whose deed would bring it about."""
    hung = [
        one for verb in (*inner, clause) for role in _OBJECT_ROLES for one in roles.prepositional(verb, role)
    ]
    if found := hung or [one for verb in inner for one in roles.objects(verb)]:
        return found
    conditions = [child for child in clause.children if child.dep_ == "advcl" and child.tag_ != "VB"]
    return roles.objects(clause) or [one for verb in conditions for one in roles.logical_subjects(verb)]


def _charge(saying: _Saying, known: Cues, is_who: IsWho) -> Candidate | None:
    """A misdeed that somebody lays to another's door: "said the ruling party had rigged the vote"."""
    clause, verb = saying.clause, saying.verb
    if (
        verb is None
        or not _matches(clause, known.misdeeds)
        or reality(clause).status not in ("occurred", "ongoing")
    ):
        return None
    speakers, culprits = roles.logical_subjects(verb), roles.logical_subjects(clause)
    if any(one.pos_ == "PRON" for one in culprits) or not any(map(is_who, culprits)):
        return None
    return _candidate("charge", verb, speakers, culprits, [clause]) if any(map(is_who, speakers)) else None


def _matches(verb: Token, patterns: Sequence[tuple[bool, str, frozenset[str]]]) -> bool:
    """Whether the verb, its negation and one of the words that hang on it are those of a pattern."""
    lemma = verb.lemma_.lower()
    for negated, wanted, others in patterns:
        if lemma != wanted or negated != any(child.dep_ == "neg" for child in verb.children):
            continue
        if not others or any(
            one.lower_ in others or one.lemma_.lower() in others
            for child in verb.children
            for one in (child, *child.children)
        ):
            return True
    return False


@cache
def _entry(kind: str) -> Entry:
    type_, cameo = cues().speech_acts[kind]
    return Entry(type_, (), "v", (), (), (), False, None, cameo, (), f"{SPEECH}{kind}")


def _candidate(
    kind: str,
    trigger: Token,
    actors: Sequence[Token],
    recipients: Sequence[Token],
    content: Sequence[Token],
    teller: Token | None = None,
) -> Candidate:
    covered = frozenset(one.i for one in content)
    others = tuple(one for one in dict.fromkeys(recipients) if one not in actors)
    return Candidate(trigger, _entry(kind), tuple(dict.fromkeys(actors)), others, covered, teller=teller)
