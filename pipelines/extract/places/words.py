"""A text as the words that can bear a name, with what stands between them.

Offsets are code points. Which words name a place does not belong here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fold import WORD, fold_word
from .lexicon import read_lists

# What may part two words of one name or one run of names: a blank (wrapped lines may be indented), a
# hyphen or an apostrophe. An empty line ends a paragraph and so a name. Looked at up to this length.
LONGEST_GAP = 40
_BLANK = re.compile(r"[^\S\n]*\n?[^\S\n]*")
_TIGHT = frozenset({"-", "‐", "‑", "–", "'", "’", "‘", "ʻ", "`"})
_ENDS = frozenset('.!?:;"“”«»()[]{}|•*—–…')


@dataclass(slots=True)
class Words:
    """Every run of letters in a text: ``starts[i]:ends[i]`` is the i-th, ``folded[i]`` its key."""

    text: str
    starts: list[int]
    ends: list[int]
    written: list[str]
    folded: list[str]
    capitals: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, i: int) -> str:
        """Give what stands between word i and the next; the rest of the text after the last."""
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return self.text[self.ends[i] : min(end, self.ends[i] + LONGEST_GAP)]

    def capital(self, i: int) -> bool:
        """Tell whether word i exists and begins with a capital."""
        return 0 <= i < len(self.capitals) and self.capitals[i]

    def blank_after(self, i: int) -> bool:
        """Tell whether only a blank parts word i from the next."""
        if not 0 <= i < len(self.starts) - 1:
            return False
        end = self.ends[i]
        if self.starts[i + 1] == end + 1:
            return self.text[end] in " \u00a0\n"
        gap = self.gap(i)
        return len(gap) < LONGEST_GAP and bool(_BLANK.fullmatch(gap))

    def joined(self, i: int) -> bool:
        """Tell whether word i and the next can be parts of one name."""
        if not 0 <= i < len(self.starts) - 1:
            return False
        gap = self.gap(i)
        if gap in _TIGHT or self.blank_after(i):
            return True
        dotted = len(self.written[i]) == 1 or self.folded[i] in read_lists("words.toml")["dotted"]
        return dotted and gap in {".", ". "}

    def before(self, i: int, steps: int = 1) -> str:
        """Give the folded word before word i if only a blank parts them, else an empty string."""
        for k in range(i - steps, i):
            if not self.blank_after(k):
                return ""
        return self.folded[i - steps]

    def opens_sentence(self, i: int) -> bool:
        """Tell whether word i begins a sentence or a paragraph, as far as signs show."""
        if i == 0:
            return True
        gap = self.gap(i - 1)
        return any(sign in _ENDS for sign in gap) or gap.count("\n") > 1 or len(gap) >= LONGEST_GAP


def cut(text: str) -> Words:
    """Cut a text into words."""
    starts: list[int] = []
    ends: list[int] = []
    written: list[str] = []
    for match in WORD.finditer(text):
        starts.append(match.start())
        ends.append(match.end())
        written.append(match.group())
    folded = [fold_word(word) for word in written]
    return Words(text, starts, ends, written, folded, [word[0].isupper() for word in written])
