"""A sentence as the actor readers see it: words, marks, the personal names in it and where its dateline ends."""

from __future__ import annotations

from pipelines.extract.who.datelines import dateline_end
from pipelines.extract.who.lexicon import Lexicon
from pipelines.extract.who.marks import Marked
from pipelines.extract.who.names import Segment, person_segments


class Sentence:
    """What the lexicon finds in ``marked``, looked for once; ``body`` is the offset where the dateline ends."""

    def __init__(self, marked: Marked, words: Lexicon):
        self.text = marked.text
        self.lexicon = words
        self.marked = marked
        self.body = dateline_end(marked)
        self.people: list[Segment] = [one for one in person_segments(marked, words) if one.start >= self.body]
