"""Where the dateline of a report ends ("JERUSALEM (AP) --", "Tehran, 5 May, IRNA -"), and which country it names.

Nobody in a dateline acts: the agency reports, and the place is where it reports from.
"""

from __future__ import annotations

import re

from pipelines.extract.who.marks import Mark, Marked
from pipelines.extract.who.sides import place_of
from pipelines.extract.who.words import Word

_END = re.compile(r"([^\n]{3,60}?)(?:\s?(?:--|[—–])\s|\s-\s|(?<=\)):\s)")
_PLACES = ("capital", "city")
_LOUD = 4  # letters of a place nobody knows, written in capitals


def dateline_end(marked: Marked) -> int:
    """Offset behind the dateline that opens a sentence; 0 where there is none."""
    found = _END.match(marked.text)
    if found is None or not marked.words:
        return 0
    marks = marked.inside(0, found.end())
    if any(mark.entry.sector == "JRN" for mark in marks):
        return found.end()
    first, mark = marked.words[0], marked.by_word.get(0)
    if mark is not None and not (place_of(mark) and (first.text.isupper() or mark.entry.kind in _PLACES)):
        return 0
    if mark is None and not (first.text.isupper() and first.text.isalpha() and len(first.text) >= _LOUD):
        return 0
    return found.end() if _bare(marked, found.end(), marks) else 0


def dateline_country(marked: Marked, end: int) -> str | None:
    """The alpha-3 code of the country a dateline that ends at ``end`` was written in, or None."""
    for mark in marked.inside(0, end):
        place = place_of(mark)
        if place is not None and place.country:
            return place.country
    return None


def _bare(marked: Marked, end: int, marks: list[Mark]) -> bool:
    """Whether nothing but places, dates and brackets stands before the end: no running words, nobody else."""
    depth = 0
    outside: list[Word] = []
    for i in marked.word_indices(0, end):
        word = marked.words[i]
        depth += (word.text == "(") - (word.text == ")")
        if depth == 0:
            outside.append(word)
    last = outside[-1].start if outside else 0
    if any(
        mark.entry.kind not in (*_PLACES, "country", "region", "thing") and mark.start < last
        for mark in marks
    ):
        return False
    return all(not word.text[0].isalpha() or not word.text[0].islower() for word in outside)
