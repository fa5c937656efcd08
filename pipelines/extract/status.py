"""Did it happen? Status of an event from negation, modality, tense and what governs it (cues: ``lexicon/status.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from pipelines.extract.ontology import LEXICON, ontology

_STRENGTH = {"occurred": 0, "ongoing": 1, "planned": 2, "hypothetical": 3, "denied": 4}
_CLAUSAL = {"xcomp", "ccomp", "acl", "pcomp"}
_MAX_CLIMB = 8
_BE_PHRASE = re.compile(r"be (\w+) to$")


@dataclass(frozen=True, slots=True)
class Reality:
    """What the clause says of an event: its status, and whether the teller keeps a distance to it."""

    status: str
    doubted: bool = False
    refused: bool = False  # "will not", "would not": a refusal, rather than a denial that it happened


@dataclass(frozen=True, slots=True)
class Cues:
    """The word sets of the status file."""

    negations: frozenset[str]
    governors: dict[str, dict[str, str]]  # part (verbs, nouns, adjectives) -> lemma -> status
    modals: dict[str, str]
    past_modals: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: dict[str, str]
    asserting: frozenset[str]
    doubting: frozenset[str]
    not_asserting: frozenset[str]
    unproven: frozenset[str]
    obligation: frozenset[str]


@cache
def cues() -> Cues:
    """The status cues, read once."""
    data = tomllib.loads((LEXICON / "status.toml").read_text("utf-8"))
    statuses = {
        "negated": "denied", "denied": "denied", "planned": "planned",
        "hypothetical": "hypothetical", "desired": "hypothetical", "ongoing": "ongoing",
    }  # fmt: skip
    governors: dict[str, dict[str, str]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for section, status in statuses.items():
        for part, lemmas in governors.items():
            for lemma in data[section].get(part, []):
                lemmas[lemma] = max(lemmas.get(lemma, "occurred"), status, key=_STRENGTH.__getitem__)
    for phrase in data["planned"]["phrases"]:
        if match := _BE_PHRASE.match(phrase):
            governors["adjectives"].setdefault(match.group(1), "planned")
    return Cues(
        negations=frozenset(data["negated"]["words"]),
        governors=governors,
        modals=dict.fromkeys(data["planned"]["modals"], "planned")
        | dict.fromkeys(data["hypothetical"]["modals"], "hypothetical"),
        past_modals=frozenset(data["planned"]["past_modals"]),
        conjunctions=frozenset(data["hypothetical"]["conjunctions"]),
        adverbs=dict.fromkeys(data["hypothetical"]["adverbs"], "hypothetical"),
        asserting=frozenset(data["reporting"]["asserts"]),
        doubting=frozenset(data["reporting"]["doubts"]),
        not_asserting=frozenset(data["reporting"]["not_asserts"]),
        unproven=frozenset(data["unproven"]["words"]),
        obligation=frozenset(data["speech"]["obligation"]),
    )


def clause_of(token: Token) -> Token:
    """The verb whose clause the token stands in; the token itself where it is that verb or there is none."""
    node = token
    for _ in range(_MAX_CLIMB):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return node
        node = node.head
    return node


def reality(trigger: Token) -> Reality:
    """The status of the event that the trigger tells of."""
    known = cues()
    found = ["occurred"]
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
        if node.dep_ == "advcl" and _infinitive(node):
            found.append("planned")
            break
        if node.dep_ not in _CLAUSAL:
            break
        if _reports(node, governor, known):
            doubted |= governor.lemma_ in known.doubting
            if governor.lemma_ in known.not_asserting:
                found.append(known.governors["verbs"].get(governor.lemma_, "hypothetical"))
            break
        found += _governor_cues(node, governor, known)
        node = governor
    if (
        trigger.doc[-1].text == "?"
        and _STRENGTH[max(found, key=_STRENGTH.__getitem__)] < _STRENGTH["hypothetical"]
    ):
        found.append("hypothetical")
    status = max(found, key=_STRENGTH.__getitem__)
    return Reality(status, doubted, refused=status == "denied" and _has_will(clause_of(trigger), known))


def is_obligation(trigger: Token) -> bool:
    """Whether the clause says that somebody must or should do it."""
    return any(
        child.dep_ == "aux" and child.lower_ in cues().obligation for child in clause_of(trigger).children
    )


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
    found = []
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


def _governor_cues(clause: Token, governor: Token, known: Cues) -> list[str]:
    part = (
        "verbs"
        if governor.pos_ in ("VERB", "AUX")
        else "nouns"
        if governor.pos_ in ("NOUN", "PROPN")
        else "adjectives"
    )
    lemma = governor.lemma_.lower()
    status = known.governors[part].get(lemma)
    if status is None and part == "verbs":
        status = known.governors["adjectives"].get(governor.lower_)
    if status is None and part == "nouns" and clause.dep_ == "acl" and _infinitive(clause):
        status = "planned"
    return [status] if status else []


def _headline_future(root: Token) -> list[str]:
    return ["planned"] if _infinitive(root) and root.pos_ in ("VERB", "AUX") else []


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)
