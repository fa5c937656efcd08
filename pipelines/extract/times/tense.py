"""Whether an expression lies ahead or behind, told from cheap cues in its sentence.

No parse is at hand: the nearest auxiliary, verb of saying or past form decides. The words are
in ``cues.toml``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipelines.extract.model import Sentence
from pipelines.extract.times.grammar import Expression
from pipelines.extract.times.lexer import Tokens, category_chars
from pipelines.extract.times.lexicon import load_cues

_REACH = 60  # tokens looked at on either side, so that a text without full stops is read in linear time
_SHORTEST_PAST = 4


def word_lean(word: str) -> int:
    """Tell what a lower-case word says of time: -1 past, 1 future, 0 nothing."""
    cues = load_cues()
    if word in cues.future:
        return 1
    if word in cues.past:
        return -1
    is_past_form = (
        len(word) >= _SHORTEST_PAST and word.endswith(cues.past_endings) and word not in cues.neither
    )
    return -1 if is_past_form else 0


class Tense:
    """Reads the lean of expressions in one text."""

    def __init__(self, tokens: Tokens, sentences: Sequence[Sentence] | None = None) -> None:
        self._tokens = tokens
        self._starts = [s.start for s in sentences] if sentences is not None else None
        chars = category_chars()
        self._dot, self._ends = chars["dot"], chars["break"] + chars["stop"]
        self._marks = self._ends + self._dot
        self._words = chars["low"] + chars["plural"] + chars["little"]
        self._possessive = chars["apos"] + chars["s"]

    def lean(self, expression: Expression) -> int:
        """Tell whether an expression lies behind (-1) or ahead (1) of the time of writing, or 0."""
        first, last = expression.first, expression.last
        decided = self._lean_of_neighbours(first, last)
        if decided:
            return decided
        before = range(first - 1, max(-1, first - _REACH), -1)
        after = range(last + 1, min(len(self._tokens.categories), last + _REACH))
        return self._search(before, first) or self._search(after, last)

    def _lean_of_neighbours(self, first: int, last: int) -> int:
        tokens, cues = self._tokens, load_cues()
        before = tokens.word(first - 1) if first and not self._ends_sentence(first - 1) else ""
        if tokens.category(last) == "weekday" and tokens.categories[last + 1 : last + 3] == self._possessive:
            return 1 if before in cues.ahead_of else -1
        return 1 if before in cues.ahead else -1 if before in cues.behind else 0

    def _search(self, indices: range, origin: int) -> int:
        """Give the lean of the nearest cue, not looking beyond the sentence that ``origin`` is in."""
        sentence = self._sentence(origin)
        for i in indices:
            if self._sentence(i) != sentence:
                return 0
            category = self._tokens.categories[i]
            if category in self._words:
                if lean := self._lean_at(i):
                    return lean
            elif category in self._marks and self._ends_sentence(i):
                return 0
        return 0

    def _lean_at(self, index: int) -> int:
        tokens, cues = self._tokens, load_cues()
        word = tokens.word(index)
        if word in cues.future_before:
            follows = tokens.word(index + 1) if index + 1 < len(tokens.categories) else ""
            return 1 if follows in cues.future_links else 0
        return word_lean(word)

    def _ends_sentence(self, index: int) -> bool:
        tokens = self._tokens
        if index + 1 >= len(tokens.categories):
            return True
        if self._starts is not None:
            return self._sentence(index) != self._sentence(index + 1)
        category = tokens.categories[index]
        if category != self._dot or tokens.starts[index + 1] == tokens.ends[index]:
            return category in self._ends
        follows = tokens.text[tokens.starts[index + 1]]
        known = index > 0 and tokens.word(index - 1).lower() in load_cues().abbreviations
        return not known and not follows.islower()

    def _sentence(self, index: int) -> int:
        """Give the number of the sentence a token is in, 0 for all where no sentences are given."""
        return bisect_right(self._starts, self._tokens.starts[index]) if self._starts else 0
