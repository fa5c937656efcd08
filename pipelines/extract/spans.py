"""From places in an article to tokens of a parsed sentence, and the way up from these in the parse."""

from __future__ import annotations

from spacy.tokens import Doc, Token

_MAX_CLIMB = 12


def head_token(doc: Doc, start: int, end: int) -> Token | None:
    """The syntactic head of the stretch ``[start, end)`` of the sentence, or None where no token lies in it."""
    inside = [token for token in doc if token.idx < end and start < token.idx + len(token.text)]
    for token in inside:
        if token.head == token or not any(token.head.i == other.i for other in inside):
            return token
    return inside[0] if inside else None


def path_to_root(token: Token) -> list[Token]:
    """The token and its ancestors, nearest first."""
    path = [token]
    while path[-1].head != path[-1] and len(path) < _MAX_CLIMB:
        path.append(path[-1].head)
    return path
