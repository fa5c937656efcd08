"""Tags with thousands of attributes, which no page has and which cost the parser quadratic time, taken out.

What belongs here: a bound on hostile markup before it is parsed. What does not: parsing (``page_tree``).
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 2000
_SHORTEST = 2 * MOST_ATTRIBUTES  # characters of so many attributes
_QUOTED = re.compile(r"""=\s{0,9}(?:"[^"]*"|'[^']*')""")
_OPEN = re.compile(r"<[A-Za-z]")


def without_long_tags(source: str) -> str:
    """Return ``source``, as it is or, where a tag has far too many attributes, without it and without values."""
    bare = _QUOTED.sub("=", source)  # a value may hide a tag's end
    pieces = bare.split(">")
    kept = [_shortened(piece) if len(piece) > _SHORTEST else piece for piece in pieces]
    return source if kept == pieces else ">".join(kept)


def _shortened(piece: str) -> str:
    """The text before the end of a tag without what is too long to be one."""
    tag = _OPEN.search(piece)
    if tag is None or len(piece[tag.start() :].split(None, MOST_ATTRIBUTES)) <= MOST_ATTRIBUTES:
        return piece
    end = piece.rfind("<")  # the tag that really ends here, such as a script's
    return piece[: tag.start()] + (piece[end:] if end > tag.start() else "")
