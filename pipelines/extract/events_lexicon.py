"""The event lexicon: which words, in which frame, tell of which event (format: ``lexicon/README.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.extract.asking import Asking
from pipelines.extract.ontology import LEXICON, ontology
from pipelines.extract.tabular import read_rows

WHO = "#who"
ANYTHING = "*"
DEFAULT_ACTOR = {"v": ("subj",), "a": ("subj",), "n": ("by", "poss", "of", "mod")}
DEFAULT_RECIPIENT = {"v": ("obj",), "a": ("to", "with", "about"), "n": ("of", "against", "on", "with", "to")}
_WEIGHTS = {WHO: 1.5, ANYTHING: 1.0}
_NAMED_WEIGHT = 3.0
_NEGATIVE_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Slot:
    """One condition: the role must (or, negated, must not) be filled by one of the words, anything, or somebody."""

    path: tuple[str, ...]
    words: frozenset[str]
    special: str | None
    negated: bool

    @property
    def weight(self) -> float:
        """How much the condition says; specific rows win over general ones."""
        if self.negated:
            return _NEGATIVE_WEIGHT
        return _WEIGHTS[self.special] if self.special else _NAMED_WEIGHT


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the lexicon. ``joins`` means that the recipients join the actors (a meeting, a clash, a treaty)."""

    type: str
    lemmas: tuple[str, ...]
    pos: str
    slots: tuple[Slot, ...]
    actor: tuple[tuple[str, ...], ...]
    recipient: tuple[tuple[str, ...], ...]
    joins: bool
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    source: str
    needs: tuple[frozenset[str], ...] = ()  # word sets, one word of each of which the sentence must have

    @property
    def weight(self) -> float:
        """Specificity of the row."""
        return sum(slot.weight for slot in self.slots)


@cache
def word_class(name: str) -> frozenset[str]:
    """The lemmas of ``classes/<name>.txt``; FileNotFoundError where there is no such class."""
    lines = (LEXICON / "classes" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def parse_slot(text: str) -> Slot:
    """A slot such as ``obj:@sanction``; ValueError where it is not of the form role:filler."""
    role, colon, filler = text.partition(":")
    if not colon or not role or not filler.lstrip("!"):
        raise ValueError(f"slot {text!r} is not of the form role:filler")
    negated = filler.startswith("!")
    words: set[str] = set()
    special = None
    for word in filler.removeprefix("!").split("|"):
        if word in (WHO, ANYTHING):
            special = word
        elif word.startswith("@"):
            words |= word_class(word[1:])
        else:
            words.add(word)
    return Slot(tuple(role.split(".")), frozenset(words), special, negated)


def _paths(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(role.split(".")) for role in text.split("|") if role)


def _entry(row: dict[str, str], type_: str, source: str) -> Entry:
    pos = row["pos"]
    if pos not in DEFAULT_ACTOR:
        raise ValueError(f"{source}: part of speech {pos!r} is not one of v, n, a")
    recipient = row["recipient"].strip()
    joins = recipient.startswith("+")
    if recipient == "-":
        recipients: tuple[tuple[str, ...], ...] = ()
    else:
        recipients = _paths(recipient.replace("+", "")) or tuple((role,) for role in DEFAULT_RECIPIENT[pos])
    slots = tuple(parse_slot(slot) for slot in row["slots"].split())
    return Entry(
        type=type_,
        lemmas=tuple(row["lemma"].strip().split("|")),
        pos=pos,
        slots=slots,
        actor=_paths(row["actor"].strip()) or tuple((role,) for role in DEFAULT_ACTOR[pos]),
        recipient=recipients,
        joins=joins,
        mode=row["mode"].strip() or None,
        cameo=row["cameo"].strip() or ontology().types[type_].cameo,
        contexts=tuple(filter(None, row["contexts"].strip().split(";"))),
        source=source,
        needs=tuple(slot.words for slot in slots if slot.words and not slot.negated and not slot.special),
    )


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of one type's file; ValueError naming file and row where one is malformed."""
    for number, row in enumerate(read_rows(path), 1):
        source = f"{path.stem}#{number}:{row['lemma']}"
        try:
            yield _entry(row, path.stem.upper(), source)
        except (ValueError, FileNotFoundError) as error:
            raise ValueError(f"{source}: {error}") from error


@cache
def event_lexicon() -> dict[tuple[str, str], tuple[Entry, ...]]:
    """Entries by part of speech and lemma, the most specific first; alike ones in the order of the files."""
    index: dict[tuple[str, str], list[Entry]] = {}
    for path in sorted((LEXICON / "events").glob("*.csv")):
        for entry in read_entries(path):
            for lemma in entry.lemmas:
                index.setdefault((entry.pos, lemma), []).append(entry)
    return {key: tuple(sorted(entries, key=lambda entry: -entry.weight)) for key, entries in index.items()}


@cache
def asking_entries() -> dict[tuple[str, str], Asking[Entry]]:
    """``event_lexicon``, asked by the words of a sentence: most rows are told without looking at its parse."""
    return {
        key: Asking((entry, entry.needs) for entry in entries) for key, entries in event_lexicon().items()
    }


@cache
def trigger_lemmas() -> frozenset[str]:
    """Every lemma that an entry begins with, whatever its part of speech."""
    return frozenset(lemma for _, lemma in event_lexicon())
