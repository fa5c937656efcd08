"""Where the office of a named person stands: directly before the name, or in apposition after it."""

from __future__ import annotations

from spacy.lang.en.stop_words import STOP_WORDS

from pipelines.extract.who.describe import title_mark
from pipelines.extract.who.marks import Marked
from pipelines.extract.who.sides import Side, place_of
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import Word

_LINKS = vocabulary("links")
_TAILS = vocabulary("office_tails")
_ENDS = vocabulary("office_ends")
_LONGEST_NAME = 5  # words of a personal name
_MAX_DESCRIPTION = 16  # words looked back for the office before a name


def is_name_word(word: Word) -> bool:
    """Whether a word can be part of a personal name by its shape."""
    return (
        word.text[0].isupper()
        and (len(word.text) > 1 or word.text.isalpha())
        and word.folded not in STOP_WORDS
    )


def name_part(marked: Marked, i: int) -> bool:
    """Whether the word ``i`` can be part of a personal name: free and capitalised, or a known person's."""
    if i >= len(marked.words):
        return False
    mark = marked.by_word.get(i)
    word = marked.words[i]
    if mark is not None:
        return mark.entry.kind == "person" or (
            mark.entry.kind == "city" and i > 0 and marked.words[i - 1].folded not in _ENDS
        )
    return word.text[0].isalpha() and is_name_word(word) and word.folded not in marked.office_words


def office_before(marked: Marked, first: int) -> int | None:
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
            and word.folded not in _TAILS
            and word.folded not in marked.office_words
        ):
            break
        if word.folded == "and" and _ends_name(marked, j - 1):
            break
        begin = j
    while (
        begin is not None
        and begin < i
        and words[begin].folded in ("of", "and", "for", "to", "'s", "’s", "-", "–")
    ):
        begin += 1
    return begin


def _ends_name(marked: Marked, i: int) -> bool:
    """Whether the words up to ``i`` are somebody's name, so that an office after "and" is another's."""
    first = i
    while first >= 0 and name_part(marked, first) and i - first < _LONGEST_NAME:
        first -= 1
    size = i - first
    before = marked.by_word.get(first) if first >= 0 else None
    return size > 1 or (size == 1 and before is not None and before.of_kind("title") is not None)


def origin_after(marked: Marked, last: int) -> tuple[int, Side] | None:
    """The country in "Anna Berg of Norway" after the word ``last``, and the last word of it; None if there is none."""
    words = marked.words
    i = last + 1
    if i >= len(words) or words[i].folded != "of":
        return None
    i += 1 + (i + 1 < len(words) and words[i + 1].folded == "the")
    mark = marked.by_word.get(i)
    place = place_of(mark) if mark is not None and mark.first == i else None
    if mark is None or place is None or place.kind not in ("country", "region", "city", "capital"):
        return None
    return mark.last, Side(place.country, place.name)


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
    return has_title and (final is not None or marked.words[last].folded in _TAILS)


def office_after(marked: Marked, last: int) -> tuple[int, int] | None:
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
    if name_part(marked, mark.last + 1):
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
