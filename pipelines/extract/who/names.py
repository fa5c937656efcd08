"""Personal names in running words, with the office before or after them; short forms in brackets.

Works on marked words alone, so that sentences can be read without a parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.lexicon import Lexicon
from pipelines.extract.who.marks import Entry, Marked
from pipelines.extract.who.offices import name_part, office_after, office_before, origin_after
from pipelines.extract.who.sides import Side
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import key

_PARTICLES = vocabulary("name_particles")
_LINKS = vocabulary("links")
_NOT_PERSONS = vocabulary("never_persons")
_LONGEST_RUN = 8  # capitalised words in a row that can still be a name
_LONGEST_FULL_FORM = 16  # words before a short form in brackets


class Segment(NamedTuple):
    """A person's name in a sentence, with what is said of it there.

    ``start`` and ``end`` are the name's offsets; ``first`` and ``last`` those of the name with its office.
    ``sharing`` is the plural office that it shares with the names beside it, or None.
    """

    name: str
    start: int
    end: int
    description: Description
    first: int
    last: int
    entry: Entry | None = None
    sharing: Description | None = None


class Shared(NamedTuple):
    """A plural office on its way to the next name: what it says, the last word read, where it begins, whose turn."""

    said: Description
    last: int
    start: int
    place: int


def name_runs(marked: Marked) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that are free or a person's, as (first, last) word indices."""
    i, words = 0, marked.words
    while i < len(words):
        if not words[i].text[0].isupper() or not name_part(marked, i):
            i += 1
            continue
        j = i
        while j + 1 < len(words):
            if name_part(marked, j + 1):
                j += 1
            elif (
                j + 3 < len(words)
                and words[j + 1].folded in _PARTICLES
                and words[j + 2].text in "-–"
                and name_part(marked, j + 3)
            ):
                j += 3
            elif (
                j + 2 < len(words)
                and (words[j + 1].folded in _PARTICLES or words[j + 1].text == "-")
                and name_part(marked, j + 2)
            ):
                j += 2
            else:
                break
        yield i, j
        i = j + 1


def person_segments(marked: Marked, lexicon: Lexicon) -> Iterator[Segment]:
    """Every personal name of a sentence with the office before it or in apposition after it.

    A title in the plural is shared by the names that follow ("Foreign Ministers A of X and B of Y").
    """
    before: Shared | None = None
    for first, last in name_runs(marked):
        if last - first >= _LONGEST_RUN:
            continue
        shared = before if before is not None and _goes_on(marked, before, first) else None
        segment, last = _segment(marked, lexicon, first, last, shared)
        if segment is None:
            before = None
            continue
        yield segment
        if segment.sharing:
            place = shared.place + 1 if shared is not None else 1
            before = Shared(segment.sharing, last, segment.first if shared is None else shared.start, place)
        else:
            before = None


def _segment(
    marked: Marked, lexicon: Lexicon, first: int, last: int, shared: Shared | None
) -> tuple[Segment | None, int]:
    """The person whose name lies between two words, and the last word that is said of it before any comma."""
    words = marked.words
    start, end = words[first].start, words[last].end
    back = office_before(marked, first) if shared is None else None
    description = Description()
    whole = (start, end)
    common: Description | None = None
    if back is not None:
        description = describe(marked, lexicon, back, start)
        whole = (back, end)
        if description.plural:
            common, description = description, _one_of(marked, description, 0)
    elif shared is not None:
        common, description = shared.said, _one_of(marked, shared.said, shared.place)
    origin = origin_after(marked, last)
    if origin is not None and description.title:
        last, side = origin
        description = replace(description, sides=(side,))
        whole = (whole[0], words[last].end)
    office = office_after(marked, last)
    if office is not None:
        after = describe(marked, lexicon, *office)
        whole = (whole[0], office[1])
        description = (
            replace(description, sides=description.sides or after.sides) if description.title else after
        )
    known = _known(marked, first, last)
    name = known.name if known is not None else marked.text[start:end]
    if known is not None:
        if description.country is None and known.country:
            description = _with_country(description, known)
    elif description.title is None and not _looks_like_person(marked, first, last):
        return None, last
    return Segment(name, start, end, description, *whole, known, common), last


def _goes_on(marked: Marked, before: Shared, first: int) -> bool:
    """Whether only "and" or a comma stands between two names under one title."""
    between = [word.folded for word in marked.words[before.last + 1 : first]]
    return 0 < len(between) <= 2 and all(word in (",", "and", "&") for word in between)


def _one_of(marked: Marked, said: Description, place: int) -> Description:
    """What a plural office says of one of those who hold it: its own country where one is said for each."""
    sides = said.sides
    if len(sides) > 1:
        sides = sides[place : place + 1] or sides[-1:]
    title = said.title
    if title is not None and said.office is not None:
        many = marked.text[said.title_at : said.title_end]
        title = title.replace(many, said.office.capitalize() if many[:1].isupper() else said.office)
    return replace(said, sides=sides, title=title, plural=False)


def _known(marked: Marked, first: int, last: int) -> Entry | None:
    """The person of the lexicon that the name of these words means; None if only the surname is the same."""
    for i in range(first, last + 1):
        mark = marked.by_word.get(i)
        entry = mark.of_kind("person") if mark is not None else None
        if mark is None or entry is None:
            continue
        own = key(entry.name)
        rest = [marked.words[j].folded for j in (*range(first, mark.first), *range(mark.last + 1, last + 1))]
        if all(w in own or _initial(w, own) for w in rest):
            return entry
    return None


def _initial(word: str, names: tuple[str, ...]) -> bool:
    return len(word.rstrip(".")) == 1 and (word == "." or any(n.startswith(word[0]) for n in names))


def short_forms(marked: Marked) -> Iterator[tuple[str, str]]:
    """Short forms that a text introduces in brackets: ("APML", "All Pakistan Muslim League")."""
    if "(" not in marked.text:
        return
    words = marked.words
    for i in range(2, len(words) - 2):
        short = words[i + 1].text
        if (
            words[i].text != "("
            or words[i + 2].text != ")"
            or not short.isupper()
            or not 2 <= len(short) <= 10
        ):
            continue
        first = i
        while first > 0 and i - first < _LONGEST_FULL_FORM:
            word = words[first - 1]
            if not (word.text[0].isupper() or (word.folded in _LINKS and first < i)):
                break
            first -= 1
        while first < i and not words[first].text[0].isupper():
            first += 1
        if first < i and words[first].folded == "the":
            first += 1
        if i - first > 1 and words[first].text[0].upper() == short[0]:
            yield short, marked.text[words[first].start : words[i - 1].end]


def _with_country(description: Description, known: Entry) -> Description:
    return replace(
        description, sides=(Side(known.country, known.name),), sector=description.sector or known.sector
    )


def _looks_like_person(marked: Marked, first: int, last: int) -> bool:
    words = marked.words
    if not 1 <= last - first <= 3:
        return False
    if first > 0 and words[first - 1].folded in ("the", "-"):
        return False
    if words[last].folded in _NOT_PERSONS:
        return False
    after = marked.by_word.get(last + 1)
    if after is not None and words[last + 1].text[0].isupper():
        return False
    return not any(w.text.isupper() and len(w.text) > 2 for w in words[first : last + 1])
