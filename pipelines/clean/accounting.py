"""What became of each input line: kept, dropped for a reason, or empty. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.clean.envelope import read_envelope
from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line
from pipelines.clean.model import DroppedLine

NOT_BOILERPLATE = frozenset({"title", "envelope"})  # dropped from the body, kept in columns of their own


class AccountedLine(NamedTuple):
    """An input line, or the part of the first that a collector wrote in front of it (``envelope``).

    ``position`` counts from 0; ``text`` is as it came, line end included. A kept line has no reason;
    a line of nothing but white space is neither kept nor dropped.
    """

    position: int
    text: str
    kept: bool
    reason: str | None
    detail: str


@cache
def reasons() -> dict[str, str]:
    """Return every reason for which a line is dropped, each with a sentence that explains it."""
    return dict(read_toml("reasons.toml")["reasons"])


def dropped_lines(lines: Iterable[Line], texts: Sequence[str]) -> Iterator[DroppedLine]:
    """Yield the input lines in ``texts`` that belong to those of ``lines`` that are dropped."""
    for line in lines:
        if line.reason is None:
            continue
        if (
            line.first == line.last
        ):  # most lines; built without the named tuple's own constructor, which is slow
            yield tuple.__new__(DroppedLine, (line.first, texts[line.first], line.reason, line.detail))
        else:
            for position in range(line.first, line.last + 1):
                if texts[position]:
                    yield DroppedLine(position, texts[position], line.reason, line.detail)


def share_of_boilerplate(kept: Iterable[Line], texts: Sequence[str], dropped: Iterable[DroppedLine]) -> float:
    """Return the share, 0 to 1, of the characters of non-empty input lines that are dropped as not the article."""
    lost = apart = 0
    for line in dropped:
        if line.reason in NOT_BOILERPLATE:
            apart += len(line.text)
        else:
            lost += len(line.text)
    whole = lost + apart + sum(sum(map(len, texts[line.first : line.last + 1])) for line in kept)
    return lost / whole if whole else 0.0


def account(texts: Sequence[str], dropped: Iterable[DroppedLine], offset: int = 0) -> list[AccountedLine]:
    """Say of each of ``texts``, the input's lines from number ``offset`` on, what became of it."""
    by_position = {line.position: line for line in dropped}
    accounted = []
    for position, text in enumerate(texts, start=offset):
        line = by_position.get(position)
        if line is not None:
            accounted.append(AccountedLine(position, text, False, line.reason, line.detail))
        else:
            accounted.append(AccountedLine(position, text, bool(text.strip()), None, ""))
    return accounted


def account_text(text: str, dropped: Sequence[DroppedLine], unread: str | None = None) -> list[AccountedLine]:
    """Say of each line of a plain text what became of it; ``unread`` is the reason where none was read."""
    if unread is not None:
        lines = text.splitlines(keepends=True)
        return account(lines, [DroppedLine(n, line, unread) for n, line in enumerate(lines) if line.strip()])
    length = read_envelope(text).length
    inside = text[:length].splitlines(keepends=True)
    rest = text[length:].splitlines(keepends=True)
    skipped = len(f"{text[:length]}|".splitlines()) - 1
    in_front = account(inside, [line for line in dropped if line.reason == "envelope"])
    return in_front + account(rest, [line for line in dropped if line.reason != "envelope"], skipped)
