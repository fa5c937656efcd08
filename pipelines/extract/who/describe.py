"""What the words around a name say of somebody: country, office, portfolio, sector.

Works on marked words alone, so that sentences can be read without a parse.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.who.lexicon import Lexicon
from pipelines.extract.who.marks import Entry, Mark, Marked
from pipelines.extract.who.sides import Side, place_of, sides
from pipelines.extract.who.vocabulary import vocabulary

_ENDS = vocabulary("office_ends")
_DETERMINERS = vocabulary("determiners")
_WHEREABOUTS = vocabulary("whereabouts")
_MINISTRY_HEADS = vocabulary("ministry_heads")
_PORTFOLIO_OFFICES = vocabulary("portfolio_offices")


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


def title_mark(marked: Marked, start: int, end: int) -> Mark | None:
    """The mark of the office a phrase is about: the last one before its first preposition or comma."""
    chosen: Mark | None = None
    for word_index in marked.word_indices(start, end):
        word = marked.words[word_index]
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
    indices = [i for i in marked.word_indices(start, end) if marked.words[i].end <= end]
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
