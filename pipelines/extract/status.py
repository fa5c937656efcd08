"""Did it happen? Status of an event from negation, modality, tense and what governs it (cues: ``lexicon/status.toml``)."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.extract.cues import STRENGTH, Cues, cues
from pipelines.extract.ontology import ontology
from pipelines.extract.wordlists import words

_CLAUSAL = {"xcomp", "ccomp", "acl", "pcomp"}
_PERFORMED = {"PROTEST", "REQUEST", "ACCUSE", "REJECT"}  # acts that are done in doing what serves them
_MAX_CLIMB = 8


@dataclass(frozen=True, slots=True)
class Reality:
    """What the clause says of an event: its status, and whether the teller keeps a distance to it."""

    status: str
    doubted: bool = False
    refused: bool = False  # "will not", "would not": a refusal, rather than a denial that it happened


def clause_of(token: Token) -> Token:
    """The verb whose clause the token stands in; the token itself where it is that verb or there is none."""
    node = token
    for _ in range(_MAX_CLIMB):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return node
        node = node.head
    return node


def reality(trigger: Token, type_: str | None = None) -> Reality:
    """The status of the event that the trigger tells of; ``type_`` is the event's type where that is known.

    A purpose is still to come ("flew in to sign"), except where the act that serves it is already the event
    ("blocked the road to protest").
    """
    known = cues()
    found = [_own_status(trigger, known)]
    doubted = False
    if trigger.pos_ not in ("VERB", "AUX"):
        found += _noun_cues(trigger, known)
    doubted |= any(child.lower_ in known.unproven for child in trigger.children)
    node = clause_of(trigger)
    for _ in range(_MAX_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            found += _clause_cues(node, known)
            doubted |= any(child.lower_ in known.unproven for child in node.children)
        governor = node.head
        if governor == node:
            found += _headline_future(node)
            break
        if node.dep_ == "conj":
            if node.pos_ in ("VERB", "AUX") and not _own_subject(node):
                found += _modal_cues(governor, known)
                if _infinitive(node) or _infinitive(governor):
                    node = governor
                    continue
            node = governor
            if _own_subject(governor):
                break
            continue
        if _is_feat(node, governor):
            node = clause_of(governor)
            continue
        if node.dep_ == "advcl" and _infinitive(node):
            if type_ in _PERFORMED:
                node = governor
                continue
            found.append("planned")
            break
        if node.dep_ == "relcl" and _infinitive(node):
            found.append("planned")
        if node.dep_ not in _CLAUSAL:
            break
        if node.dep_ == "pcomp" and governor.pos_ in ("ADP", "SCONJ"):
            if governor.lower_ in known.excluding:
                found.append("denied")
            governor = _governor_of_preposition(governor)
            if not _governor_cues(node, governor, known):
                break
        doubted |= _is_perfect_infinitive(node) and governor.lemma_ in known.governors["verbs"]
        if _reports(node, governor, known):
            doubted |= governor.lemma_ in known.doubting
            if governor.lemma_ in known.not_asserting and not _is_warning(node, governor, known):
                found.append(known.governors["verbs"].get(governor.lemma_, "hypothetical"))
            break
        found += _governor_cues(node, governor, known)
        node = governor
    if (
        trigger.doc[-1].text == "?"
        and STRENGTH[max(found, key=STRENGTH.__getitem__)] < STRENGTH["hypothetical"]
    ):
        found.append("hypothetical")
    status = max(found, key=STRENGTH.__getitem__)
    return Reality(status, doubted, refused=status == "denied" and _has_will(clause_of(trigger), known))


def _is_feat(clause: Token, noun: Token) -> bool:
    """ "The first state to ratify it" has ratified it, as far as the clause around it is told as a fact."""
    if not _infinitive(clause) or clause.dep_ not in ("relcl", "acl", "advcl"):
        return False
    nouns = [noun, *(child for child in noun.children if child.dep_ == "attr" and child.i < clause.i)]
    return any(
        one.dep_ == "amod" and one.lower_ in words("firsts") for word in nouns for one in word.children
    )


def _own_status(trigger: Token, known: Cues) -> str:
    if trigger.pos_ != "VERB":
        return "occurred"
    if trigger.lemma_ in known.planned_itself:
        return "planned"
    return "hypothetical" if trigger.lemma_ in known.hypothetical_itself else "occurred"


def retyped(type_: str, cameo: str, told: Reality) -> tuple[str, str, str]:
    """Type, CAMEO code and status of what is told: to announce or to refuse an act is another act than the act itself."""
    if told.status == "planned" and type_ in ontology().future:
        return *ontology().future[type_], "planned"
    if told.refused and type_ in ontology().refused:
        return "REJECT", ontology().refused[type_], "occurred"
    return type_, cameo, told.status


def _has_will(verb: Token, known: Cues) -> bool:
    return any(
        child.dep_ in ("aux", "auxpass")
        and (known.modals.get(child.lower_) == "planned" or child.lower_ in known.past_modals)
        for child in verb.children
    )


def _noun_cues(noun: Token, known: Cues) -> list[str]:
    found = []
    for child in noun.children:
        if child.dep_ in ("amod", "compound") and child.lemma_.lower() in known.governors["adjectives"]:
            found.append(known.governors["adjectives"][child.lemma_.lower()])
        if child.dep_ == "det" and child.lower_ in known.negations:
            found.append("denied")
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB":
        status = known.governors["verbs"].get(head.lemma_)
        if status and head.lemma_ not in ("agree", "approve", "support", "see", "want", "back"):
            found.append(status)
    if noun.dep_ == "pobj" and head.head.pos_ == "NOUN" and head.lower_ in ("for", "of", "to"):
        status = known.governors["nouns"].get(head.head.lemma_)
        if status:
            found.append(status)
    if (
        noun.dep_ == "pobj"
        and head.lower_ in ("for", "of")
        and head.head.lower_ in ("call", "called", "calls", "ahead")
    ):
        found.append("planned")
    return found


def _clause_cues(verb: Token, known: Cues) -> list[str]:
    found = _modal_cues(verb, known)
    for child in verb.children:
        lower = child.lower_
        if _negates(child, known):
            found.append("denied")
        elif child.dep_ in ("mark", "advmod") and lower in known.conjunctions and child.i < verb.i:
            found.append("hypothetical" if lower not in ("until", "once") else "planned")
        elif child.dep_ == "advmod" and lower in known.adverbs:
            found.append(known.adverbs[lower])
    if verb.tag_ == "VBG" and any(
        child.dep_ in ("aux", "auxpass") and child.lower_ in ("is", "are", "'s", "'re")
        for child in verb.children
    ):
        found.append("ongoing")
    return found


def _negates(child: Token, known: Cues) -> bool:
    """Whether a word under the verb denies the clause: "not", "never", "no agreement was signed"."""
    if child.dep_ in ("advmod", "preconj"):
        return child.lower_ in known.negations
    if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return any(one.dep_ == "det" and one.lower_ in known.negations for one in child.children)
    return child.dep_ == "neg"


def _modal_cues(verb: Token, known: Cues) -> list[str]:
    found: list[str] = []
    if verb.lemma_ in known.wishing:
        return found  # "would like" is a polite "wants"
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        if child.lower_ in known.past_modals:
            found.append("planned" if _under_report(verb, known) else "hypothetical")
        elif child.lower_ in known.modals:
            found.append(known.modals[child.lower_])
    return found


def _under_report(verb: Token, known: Cues) -> bool:
    node = verb
    for _ in range(_MAX_CLIMB):
        if node.head == node:
            return False
        if node.dep_ in ("ccomp", "parataxis", "acl") or (node.dep_ == "relcl"):
            return True
        if any(
            child.dep_ in ("ccomp", "parataxis") and _reporting_lemma(child, known) for child in node.children
        ):
            return True
        node = node.head
    return False


def _reporting_lemma(verb: Token, known: Cues) -> bool:
    return (
        verb.lemma_ in known.asserting or verb.lemma_ in known.doubting or verb.lemma_ in known.not_asserting
    )


def _reports(clause: Token, governor: Token, known: Cues) -> bool:
    """Whether the governor tells what the clause says, rather than wanting or planning it."""
    return clause.dep_ == "ccomp" and _reporting_lemma(governor, known) and not _infinitive(clause)


def _is_warning(clause: Token, governor: Token, known: Cues) -> bool:
    """ "Warned that intruders would be shot": what the speaker will do, since nobody else is said to do it."""
    return (
        governor.lemma_ in known.warning
        and _has_will(clause, known)
        and any(child.dep_ == "auxpass" for child in clause.children)
        and not any(child.dep_ == "agent" for child in clause.children)
    )


def _governor_cues(clause: Token, governor: Token, known: Cues) -> list[str]:
    part = (
        "verbs"
        if governor.pos_ in ("VERB", "AUX")
        else "nouns"
        if governor.pos_ in ("NOUN", "PROPN")
        else "adjectives"
    )
    lemma = governor.lemma_.lower()
    if part == "nouns" and clause.tag_ in ("VBN", "VBG") and clause.dep_ == "acl":
        return []  # "the plan adopted in May": a participle describes the noun
    if lemma in known.implied or (part == "verbs" and _is_perfect_infinitive(clause)):
        return []
    status = _phrase_cue(governor, known.governors[part]) or known.governors[part].get(lemma)
    if status is None and part == "verbs":
        status = known.governors["adjectives"].get(governor.lower_)
    if status is None and lemma == "be" and clause.dep_ == "xcomp" and _infinitive(clause):
        status = "planned"  # "the ministers are to sign"
    if status is None and part == "nouns" and clause.dep_ == "acl" and _infinitive(clause):
        status = "planned"
    return [status] if status else []


def _phrase_cue(governor: Token, statuses: dict[str, str]) -> str | None:
    """The status of a governor of several words, such as "stopped short of" or "ruled out"."""
    phrase = governor.lemma_.lower()
    for token in governor.doc[governor.i + 1 : governor.i + 3]:
        phrase += " " + token.lower_
        if phrase in statuses:
            return statuses[phrase]
    return None


def _governor_of_preposition(preposition: Token) -> Token:
    """The word that a preposition before an -ing form completes: "a plan of sending", "stopped short of sending"."""
    node = preposition
    while node.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and node.head != node:
        node = node.head
    return node


def _is_perfect_infinitive(verb: Token) -> bool:
    """ "Is believed to have shelled": what is told lies before the telling."""
    children = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return children[:2] == ["to", "have"]


def _headline_future(root: Token) -> list[str]:
    return ["planned"] if _infinitive(root) and root.pos_ in ("VERB", "AUX") else []


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)
