"""What the words around a name say of somebody: country, office, portfolio, sector; and where names stand.

Works on marked words alone, so that sentences can be read without a parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from pipelines.extract.who.lexicon import Entry, Lexicon, Mark, Marked
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import Word, key

_STRONG = frozenset(("country", "demonym", "region", "regional", "capital", "seat"))
_JOINED = re.compile(r"\s?(?:['’]s?)?\s?(?:-|–|/|,|&|and|,\s?and|and\s?the|,\s?the|,\s?and\s?the)\s?\Z")
_AWAY = vocabulary("away")
_PARTICLES = vocabulary("name_particles")
_LINKS = vocabulary("links")
_ENDS = vocabulary("office_ends")
_SPEAKS_FOR = tuple(vocabulary("speaks_for"))
_DETERMINERS = vocabulary("determiners")
_HYPHENED_AWAY = vocabulary("hyphened_away")
_WHEREABOUTS = vocabulary("whereabouts")
_MINISTRY_HEADS = vocabulary("ministry_heads")
_PORTFOLIO_OFFICES = vocabulary("portfolio_offices")
_MAX_DESCRIPTION = 16  # words looked back for the office before a name


class Side(NamedTuple):
    """A country, or something in it, that a phrase names."""

    country: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says of who it names."""

    sides: tuple[Side, ...] = ()
    title: str | None = None
    office: str | None = None
    portfolio: str | None = None
    sector: str | None = None
    cameo: str | None = None
    gender: str = ""
    organization: Entry | None = None
    plural: bool = False
    title_at: int = -1
    title_end: int = -1

    @property
    def country(self) -> str | None:
        """The first side's alpha-3 code."""
        return self.sides[0].country if self.sides else None


class Segment(NamedTuple):
    """A person's name in a sentence, with what is said of it there.

    ``start`` and ``end`` are the name's offsets; ``first`` and ``last`` those of the name with its office.
    """

    name: str
    start: int
    end: int
    description: Description
    first: int
    last: int
    entry: Entry | None = None


def place_of(mark: Mark) -> Entry | None:
    """The meaning of ``mark`` that ties a phrase to a country, strongest first."""
    return mark.of_kind(*_STRONG) or (mark.entry if mark.entry.kind == "city" else None)


def sides(marked: Marked, start: int, end: int, head: int) -> tuple[Side, ...]:
    """The countries that the phrase between two offsets names, first those before its ``head`` word.

    Several only where they are joined ("Russia-Belarus", "Iranian and Iraqi").
    """
    marks = marked.inside(start, end)
    places = [(m, e) for m in marks if (e := place_of(m)) is not None and m.start != head]
    helpers = [(m, e) for m, e in places if _hyphened(marked, m)]
    places = [place for place in places if place not in helpers]
    before = [(m, e) for m, e in places if m.start < head]
    after = [(m, e) for m, e in places if m.start > head and not _points_away(marked, m, start)]
    for pool in (before, after):
        if pool:
            return _joined(marked, pool)
    owners = [m.of_kind("organization", "person") for m in marks if m.start != head]
    named = tuple(Side(e.country, e.name) for e in owners if e is not None and e.country)[:1]
    return named or _joined(marked, helpers[:1])


def _hyphened(marked: Marked, mark: Mark) -> bool:
    """Whether the country only helps: "Russian-backed rebels"."""
    following = marked.words[mark.last + 1 : mark.last + 3]
    return len(following) == 2 and following[0].text in "-–" and following[1].folded in _HYPHENED_AWAY


def _joined(marked: Marked, pool: list[tuple[Mark, Entry]]) -> tuple[Side, ...]:
    if not pool:
        return ()
    out = [pool[0]]
    for mark, entry in pool[1:]:
        if not _JOINED.match(marked.text[out[-1][0].end : mark.start]):
            break
        out.append((mark, entry))
    found: dict[tuple[str | None, str], Side] = {}
    for mark, entry in out:
        name = mark.text(marked) if entry.kind == "capital" else entry.name
        found.setdefault((entry.country, "" if entry.country else entry.name), Side(entry.country, name))
    return tuple(found.values())


def _points_away(marked: Marked, mark: Mark, start: int) -> bool:
    """Whether the country is what the office deals with ("envoy to Syria"), not whose it is."""
    i = mark.first - 1
    while i >= 0 and marked.words[i].folded in ("the", "republic", "of"):
        if marked.words[i].folded == "of" and i > 0:
            return False
        i -= 1
    if i < 0 or marked.words[i].start < start:
        return False
    word = marked.words[i].folded
    if word == "for":
        before = marked.text[start : marked.words[i].start].lower()
        return not any(spoken in before for spoken in _SPEAKS_FOR)
    return word in _AWAY


def title_mark(marked: Marked, start: int, end: int) -> Mark | None:
    """The mark of the office a phrase is about: the last one before its first preposition or comma."""
    chosen: Mark | None = None
    for word_index, word in enumerate(marked.words):
        if word.start < start:
            continue
        if word.start >= end:
            break
        mark = marked.by_word.get(word_index)
        if mark is not None and mark.of_kind("title"):
            if mark.end <= end:
                chosen = mark
            continue
        if chosen is not None and mark is None and (word.folded in _ENDS or word.text in ",;("):
            break
    return chosen


def portfolio(marked: Marked, lexicon: Lexicon, mark: Mark) -> tuple[str, str] | None:
    """The portfolio beside an office or ministry: (canonical name, CAMEO letters), or None."""
    words = marked.words
    for size in range(4, 0, -1):
        lo = mark.first - size
        if lo >= 0:
            found = lexicon.portfolios.get(tuple(w.folded for w in words[lo : mark.first]))
            if found:
                return found
    after = mark.last + 1
    if after < len(words) and words[after].folded in ("of", "for"):
        after += 1
        while after < len(words) and words[after].folded in ("the", "national"):
            after += 1
        for size in range(6, 0, -1):
            found = lexicon.portfolios.get(tuple(w.folded for w in words[after : after + size]))
            if found:
                return found
    if mark.of_kind("title") and mark.entry.name == "secretary of state":
        return lexicon.portfolios.get(("foreign",))
    return None


def ministry_portfolio(marked: Marked, lexicon: Lexicon, start: int, end: int) -> tuple[str, str] | None:
    """The portfolio of the ministry that a phrase names, or None."""
    for mark in marked.inside(start, end):
        entry = mark.of_kind("body")
        if entry is not None and entry.name == "Ministry":
            return portfolio(marked, lexicon, mark)
    return None


def inherited(marked: Marked, start: int, end: int, skip: Mark | None) -> Entry | None:
    """The organisation, body or armed group beside an office that says which sector it belongs to."""
    for mark in marked.inside(start, end):
        if mark is skip:
            continue
        entry = mark.of_kind("organization", "body", "group")
        if entry is not None and entry.sector and mark.of_kind("title") is None:
            return entry
    return None


def describe(marked: Marked, lexicon: Lexicon, start: int, end: int) -> Description:
    """Read the description between two offsets, such as "Belarus' Foreign Minister"."""
    mark = title_mark(marked, start, end)
    if mark is None:
        return Description(sides(marked, start, end, end), organization=inherited(marked, start, end, None))
    entry = mark.of_kind("title")
    if entry is None:
        return Description()
    office = entry.name
    owner = inherited(marked, start, end, mark) if entry.inherits else None
    task = portfolio(marked, lexicon, mark) if office in _PORTFOLIO_OFFICES else None
    if office in _MINISTRY_HEADS and owner is not None and owner.name == "Ministry":
        office, task = "minister", ministry_portfolio(marked, lexicon, start, end)
    sector, cameo = entry.sector, entry.cameo
    if owner is not None and owner.sector:
        sector, cameo = owner.sector, owner.cameo
    elif task is not None and task[1] and sector == "GOV":
        cameo = f"GOV{task[1]}"
    return Description(
        sides(marked, start, end, mark.start),
        _title_words(marked, start, end),
        office,
        task[0] if task else None,
        sector,
        cameo,
        entry.gender,
        owner if owner is not None and owner.kind == "organization" else None,
        entry.plural,
        mark.start,
        mark.end,
    )


def _title_words(marked: Marked, start: int, end: int) -> str | None:
    """The text of an office without determiner, owner and trailing signs."""
    indices = [i for i, w in enumerate(marked.words) if start <= w.start and w.end <= end]
    while indices:
        mark = marked.by_word.get(indices[0])
        place = mark is not None and place_of(mark) is not None and mark.of_kind("title") is None
        if not place and marked.words[indices[0]].folded not in _DETERMINERS:
            break
        indices.pop(0)
    for n, i in enumerate(indices):
        if n and marked.words[i].folded in _WHEREABOUTS:
            del indices[n:]
            break
    while (
        indices
        and not marked.words[indices[-1]].text[-1].isalnum()
        and not marked.words[indices[-1]].text.endswith(".")
    ):
        indices.pop()
    return marked.text[marked.words[indices[0]].start : marked.words[indices[-1]].end] if indices else None


# -- names in running words ----------------------------------------------------------------------------------


def is_name_word(word: Word) -> bool:
    """Whether a word can be part of a personal name by its shape."""
    return (
        word.text[0].isupper()
        and (len(word.text) > 1 or word.text.isalpha())
        and word.folded not in STOP_WORDS
    )


def name_runs(marked: Marked) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that are free or a person's, as (first, last) word indices."""
    i, words = 0, marked.words
    while i < len(words):
        if not _name_part(marked, i):
            i += 1
            continue
        j = i
        while j + 1 < len(words):
            if _name_part(marked, j + 1):
                j += 1
            elif (
                j + 2 < len(words)
                and (words[j + 1].folded in _PARTICLES or words[j + 1].text == "-")
                and _name_part(marked, j + 2)
            ):
                j += 2
            else:
                break
        yield i, j
        i = j + 1


def _name_part(marked: Marked, i: int) -> bool:
    if i >= len(marked.words):
        return False
    mark = marked.by_word.get(i)
    word = marked.words[i]
    if mark is not None:
        return mark.entry.kind == "person" or (
            mark.entry.kind == "city" and i > 0 and marked.words[i - 1].folded not in _ENDS
        )
    return word.text[0].isalpha() and is_name_word(word) and word.folded not in marked.office_words


def person_segments(marked: Marked, lexicon: Lexicon) -> Iterator[Segment]:
    """Every personal name of a sentence with the office before it or in apposition after it."""
    for first, last in name_runs(marked):
        words = marked.words
        start, end = words[first].start, words[last].end
        back = _office_start(marked, first)
        description = Description()
        whole = (start, end)
        if back is not None:
            description = describe(marked, lexicon, back, start)
            whole = (back, end)
        office = _apposition(marked, last)
        if office is not None:
            after = describe(marked, lexicon, *office)
            whole = (whole[0], office[1])
            description = (
                replace(description, sides=description.sides or after.sides) if back is not None else after
            )
        known = _known(marked, first, last)
        name = known.name if known is not None else marked.text[start:end]
        if known is not None:
            if description.country is None and known.country:
                description = _with_country(description, known)
        elif description.title is None and not _looks_like_person(marked, first, last):
            continue
        yield Segment(name, start, end, description, *whole, known)


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
        while first > 0 and i - first < _MAX_DESCRIPTION:
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
    after = marked.by_word.get(last + 1)
    if after is not None and words[last + 1].text[0].isupper():
        return False
    return not any(w.text.isupper() and len(w.text) > 2 for w in words[first : last + 1])


def _office_start(marked: Marked, first: int) -> int | None:
    """Offset where the office that stands directly before the word ``first`` begins, or None."""
    words = marked.words
    i = first - 1
    if i >= 0 and words[i].text == ",":
        i -= 1
        comma = True
    else:
        comma = False
    mark = marked.by_word.get(i)
    if comma:
        # "the Minister of Defence of X, Name": the words before the comma must be an office and no name
        begin = _walk_back(marked, i)
        if begin is None or not _office_only(marked, begin, i):
            return None
        return words[begin].start
    if mark is None and words[i].folded not in marked.office_words:
        return None
    begin = _walk_back(marked, i)
    if begin is None or not _has_title(marked, begin, i):
        return None
    if begin > 1 and words[begin - 1].text == ",":
        earlier = _walk_back(marked, begin - 2)
        if earlier is not None and _office_only(marked, earlier, begin - 2):
            begin = earlier
    return words[begin].start


def _walk_back(marked: Marked, i: int) -> int | None:
    words, begin = marked.words, None
    for j in range(i, max(-1, i - _MAX_DESCRIPTION), -1):
        mark = marked.by_word.get(j)
        word = words[j]
        if mark is not None and mark.of_kind("person") and j != i:
            break
        if (
            mark is None
            and not word.text[0].isupper()
            and word.folded not in _LINKS
            and word.folded not in marked.office_words
        ):
            break
        begin = j
    while (
        begin is not None
        and begin < i
        and words[begin].folded in ("of", "and", "for", "to", "'s", "’s", "-", "–")
    ):
        begin += 1
    return begin


def _has_title(marked: Marked, first: int, last: int) -> bool:
    return any(
        (m := marked.by_word.get(j)) is not None and m.of_kind("title") for j in range(first, last + 1)
    )


def _office_only(marked: Marked, first: int, last: int) -> bool:
    has_title = False
    for j in range(first, last + 1):
        mark = marked.by_word.get(j)
        if mark is None:
            continue
        if mark.of_kind("person"):
            return False
        has_title = has_title or mark.of_kind("title") is not None
    final = marked.by_word.get(last)
    return has_title and (
        final is not None
        or marked.words[last].folded in ("affairs", "defence", "defense", "security", "relations")
    )


def _apposition(marked: Marked, last: int) -> tuple[int, int] | None:
    """Offsets of ", the U.S. Deputy Assistant Secretary of Defense" after the word ``last``."""
    words = marked.words
    if last + 2 >= len(words) or words[last + 1].text != ",":
        return None
    j = last + 2
    while j < len(words) and words[j].text not in ',.;:()"“”' and j - last < _MAX_DESCRIPTION:
        j += 1
    start, end = words[last + 2].start, words[j - 1].end
    mark = title_mark(marked, start, end)
    if mark is None or mark.first - last > 9:
        return None
    if _name_part(marked, mark.last + 1):
        return None
    for i in range(last + 2, mark.first):
        word = words[i]
        fits = (
            i in marked.by_word
            or word.text[0].isupper()
            or word.folded in _LINKS
            or word.folded in ("a", "an")
            or word.folded in marked.office_words
        )
        if not fits:
            return None
    return start, end
