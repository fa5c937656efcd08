"""Agreements a mention speaks of: title, kind, status, and the period they are for (kinds: ``lexicon/agreements.toml``)."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from pipelines.extract import roles
from pipelines.extract.grammar import Candidate
from pipelines.extract.model import Agreement
from pipelines.extract.ontology import LEXICON

_MAX_TITLE = 160
_MAX_PERIOD_GAP = 160  # characters behind the title in which its period may stand
_ACTED_ON = ("obj", "attr", "of", "on", "to", "from", "with")
_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"(?:for|from|between|over|in|period|of)?\s*(?:the\s+)?(?:period\s+)?(?:from\s+|of\s+)?({_YEAR})\s*(?:[-–—/]|to|and|until|till|through)\s*({_YEAR}|\d\d)\b",
    re.I,
)
_SINGLE = re.compile(rf"\bfor\s+(?:the\s+)?(?:year\s+|period\s+)?(?:of\s+)?({_YEAR})\b", re.I)
_UNTIL = re.compile(rf"\b(?:until|till|through|up to|to the end of|by)\s+(?:the end of\s+)?({_YEAR})\b", re.I)
_TITLE_PREPOSITIONS = {"on", "of", "for", "regarding", "concerning", "about", "against", "in"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_STATUS_ORDER = ("terminated", "ratified", "signed", "adopted", "planned", "proposed")


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the agreements file says: head nouns to kinds, trigger lemmas to status."""

    nouns: dict[str, str]
    weak: frozenset[str]
    statuses: dict[str, str]
    not_title: frozenset[str]


@cache
def kinds() -> Kinds:
    """The kinds of agreement, read once."""
    data = tomllib.loads((LEXICON / "agreements.toml").read_text("utf-8"))
    nouns = {noun: name for name, kind in data["kinds"].items() for noun in kind["nouns"]}
    weak = frozenset(noun for kind in data["kinds"].values() if kind.get("weak") for noun in kind["nouns"])
    statuses = {lemma: name for name, lemmas in data["status"].items() for lemma in lemmas}
    return Kinds(nouns, weak, statuses, frozenset(data["titles"]["not_title"]))


@dataclass(frozen=True, slots=True)
class Found:
    """An agreement with the article span whose years are its period, not the event's date."""

    agreement: Agreement
    span: tuple[int, int]


def find_agreements(candidate: Candidate, status: str, base: int, text: str) -> list[Found]:
    """The agreements that the trigger's objects name; ``base`` is the sentence's start in the article ``text``."""
    trigger = candidate.trigger
    heads = sorted(
        {head.i: head for head in _heads(candidate) if is_agreement(head)}.values(), key=lambda one: one.i
    )
    if not any(word.lemma_.lower() in kinds().statuses for word in (trigger, *roles.complements(trigger))):
        heads = [head for head in heads if head.lemma_.lower() not in kinds().weak]
    ends = [base + _title_tokens(head)[0].idx for head in heads[1:]] + [base + len(trigger.doc.text)]
    return [_read(head, trigger, status, base, text, end) for head, end in zip(heads, ends, strict=False)]


def _heads(candidate: Candidate) -> Iterator[Token]:
    """What the trigger acts on, with the further items of a list that hang on it."""
    trigger = candidate.trigger
    if candidate.entry.pos == "n" and trigger.lemma_.lower() in kinds().nouns:
        yield trigger
    filling = [head for role in _ACTED_ON for head in roles.fill(trigger, (role,))]
    filling += [head for verb in roles.complements(trigger) for head in roles.objects(verb)]
    if trigger.dep_ in ("acl", "relcl"):  # "the final protocol, signed by both"
        filling.append(trigger.head)
    for head in filling:
        yield head
        if is_agreement(head):
            yield from _rest_of_list(head)


def _rest_of_list(first: Token) -> Iterator[Token]:
    """Further items of a list of agreements. Long lists break the parse, so the words decide: a new clause ends it."""
    for token in first.doc[first.i + 1 :]:
        if token.tag_ in _FINITE:
            return
        if _is_list_item(token):
            yield token


def _is_list_item(token: Token) -> bool:
    """ "…, a plan of consultations, and a declaration on …": a determined agreement behind a comma or conjunction."""
    if not is_agreement(token):
        return False
    first = _title_tokens(token)[0]
    if first.i < 2 or first.nbor(-1).lower_ not in ("a", "an", "the"):
        return False
    return first.nbor(-2).text == "," or first.nbor(-2).lower_ in ("and", "as")


def is_agreement(token: Token) -> bool:
    """Whether the word is the head of an agreement's name."""
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and token.lemma_.lower() in kinds().nouns


def _read(head: Token, trigger: Token, status: str, base: int, text: str, next_one: int) -> Found:
    """The agreement of one head; its title may hold the next agreement, its period stands before ``next_one``."""
    first, last = _title_tokens(head)
    start, end = base + first.idx, base + last.idx + len(last.text)
    title = text[start:end]
    clause_end = base + max(token.idx + len(token.text) for token in _own_phrase(head))
    period_start, period_end, period_stop = _period(text[:next_one], start, max(end, clause_end))
    agreement = Agreement(
        title,
        start,
        end,
        title,
        kinds().nouns[head.lemma_.lower()],
        _agreement_status(trigger, status),
        period_start,
        period_end,
    )
    return Found(agreement, (start, max(end, period_stop)))


def _own_phrase(head: Token) -> list[Token]:
    """The phrase of the head without what is coordinated with it and without clauses about it."""
    phrase, queue = [head], [head]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in ("conj", "cc", "relcl", "acl", "appos", "punct") and child.head == head:
                continue
            phrase.append(child)
            queue.append(child)
    return phrase


def _title_tokens(head: Token) -> tuple[Token, Token]:
    """First and last token of the title: modifiers before the head, and what it is on or about after it."""
    left = [
        token for child in head.children for token in child.subtree
        if child.i < head.i and child.dep_ in ("amod", "compound", "nmod", "nummod", "npadvmod") and token.i < head.i
    ]  # fmt: skip
    first = min([*left, head], key=lambda token: token.i)
    while first.i < head.i and (
        first.is_punct or first.pos_ in ("DET", "PRON") or first.lower_ in kinds().not_title
    ):
        first = first.nbor()
    last = head
    for child in head.children:
        if child.i <= last.i or child.dep_ != "prep" or child.lower_ not in _TITLE_PREPOSITIONS:
            continue
        inside = [token for token in child.subtree if not _in_clause(token, child)]
        stop = max(inside, key=lambda token: token.i)
        phrase = head.doc[child.i : stop.i + 1].text
        if re.search(_YEAR, phrase) or stop.idx + len(stop.text) - first.idx > _MAX_TITLE:
            break
        last = stop
    return first, last


def _in_clause(token: Token, top: Token) -> bool:
    node = token
    while node != top and node.head != node:
        if node.dep_ in ("relcl", "acl", "advcl", "appos"):
            return True
        node = node.head
    return False


def _period(text: str, start: int, end: int) -> tuple[str | None, str | None, int]:
    """The period that stands in or right behind the agreement's phrase, and where its words end."""
    window = text[start : end + _MAX_PERIOD_GAP]
    if match := _SPAN.search(window):
        first, last = match.group(1), match.group(2)
        last = last if len(last) == 4 else first[:2] + last
        if int(first) <= int(last):
            return f"{first}-01-01", f"{last}-12-31", start + match.end()
    if match := _SINGLE.search(window):
        return f"{match.group(1)}-01-01", _year_end(match.group(1)), start + match.end()
    if match := _UNTIL.search(window):
        return None, _year_end(match.group(1)), start + match.end()
    return None, None, end


def _year_end(year: str) -> str:
    return f"{year}-12-{monthrange(int(year), 12)[1]}"


def _agreement_status(trigger: Token, status: str) -> str:
    """How far the agreement has come: the word's own status where the event occurred, else planned."""
    own = [kinds().statuses.get(word.lemma_.lower()) for word in (trigger, *roles.complements(trigger))]
    known = [name for name in own if name]
    if status in ("planned", "hypothetical"):
        return "proposed" if "proposed" in known and status == "hypothetical" else "planned"
    if status == "denied":
        return "proposed"
    return min(known, key=_STATUS_ORDER.index) if known else "proposed"
