"""What could come next in a query that is being typed: tables after FROM, the columns of its tables elsewhere.

A guess from the words alone; nothing is parsed. Drawing the guesses is the prompt's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assets.cli.catalogue import Catalogue, Relation, quoted_if_needed

# The word being typed, a quoted name that is still open included, and the name before its dot.
_WORD = re.compile(r'(?:(?P<of>"[^"]{1,80}"|\w{1,80})\.)?(?P<word>"[^"]{0,80}|\w{0,80})$')
_BEFORE_TABLE = re.compile(r"\b(?:FROM|JOIN|DESCRIBE|SUMMARIZE)\s+(?:[\w\s\",]{0,400},\s*)?$", re.I)
_USED = re.compile(
    r"\b(?:FROM|JOIN)\s+(?P<name>\"[^\"]{1,80}\"|\w{1,80})(?:\s+(?:AS\s+)?(?P<alias>\w{1,80}))?", re.I
)
_COMMAND = re.compile(r"\s*(?P<command>[\\.]\w*)(?P<gap>\s+)?(?P<word>\S*)$")
# Words that SQL allows as names but that whoever writes a query mostly means as words.
_USEFUL_WORDS = (
    "BY", "COUNT", "DISTINCT ON", "EXCLUDE", "FILTER", "FIRST", "GROUP BY", "GROUP BY ALL", "ILIKE", "INTERVAL",
    "JOIN", "LAST", "LEFT JOIN", "LIKE", "NULLS LAST", "ORDER BY", "OVER", "PARTITION BY", "USING",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that may stand here: ``text`` replaces the last ``typed`` characters; ``about`` says what it is."""

    text: str
    typed: int
    about: str


def suggestions(before: str, after: str, catalogue: Catalogue, commands: tuple[str, ...]) -> list[Suggestion]:
    """What may follow ``before`` the cursor, best first; ``after`` it the tables of the query are looked for too."""
    command = _COMMAND.match(before)
    if command:
        return _for_command(command, catalogue, commands)
    here = _WORD.search(before)
    if here is None:
        return []
    word = here["word"]
    used = dict(_used(before + after, catalogue))
    if here["of"]:
        relation = used.get(here["of"].strip('"').casefold()) or catalogue.find(here["of"])
        return _starting(word, _columns([relation] if relation else []))
    if _BEFORE_TABLE.search(before[: here.start()]):
        return _starting(word, _relations(catalogue))
    if not word:
        return _starting(word, _columns(used.values()))
    return _starting(word, _anything(used, catalogue))


def _for_command(typed: re.Match[str], catalogue: Catalogue, commands: tuple[str, ...]) -> list[Suggestion]:
    if typed["gap"]:
        return _starting(typed["word"], _relations(catalogue))
    return _starting(typed["command"], ((name, "") for name in commands))


def _used(query: str, catalogue: Catalogue) -> Iterator[tuple[str, Relation]]:
    """The relations a query names, by their names and aliases."""
    for found in _USED.finditer(query):
        relation = catalogue.find(found["name"])
        if relation:
            yield relation.name.casefold(), relation
            if found["alias"]:
                yield found["alias"].casefold(), relation


def _anything(used: dict[str, Relation], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    relations = used.values() or catalogue.relations.values()
    yield from _columns(relations)
    yield from _relations(catalogue)
    for word in (*catalogue.keywords, *_USEFUL_WORDS):
        yield word, ""
    for name in catalogue.functions:
        yield name + "(", "function"


def _relations(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for relation in catalogue.relations.values():
        yield quoted_if_needed(relation.name), relation.kind


def _columns(relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    for relation in relations:
        for column in relation.columns:
            yield quoted_if_needed(column.name), f"{relation.name}, {column.type.lower()}"


def _starting(word: str, candidates: Iterable[tuple[str, str]]) -> list[Suggestion]:
    """Those that begin with the word whatever their case, each once, in the order they come."""
    wanted = word.strip('"').casefold()
    found: dict[str, Suggestion] = {}
    for text, about in candidates:
        if text.strip('"').casefold().startswith(wanted):
            found.setdefault(text.casefold(), Suggestion(text, len(word), about))
    return list(found.values())
