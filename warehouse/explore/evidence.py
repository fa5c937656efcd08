"""Mentions as pages show them: the sentence with what happened, who, where and when marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warehouse.explore.marks import Finder, Found, Piece, Stretch, pieces
from warehouse.explore.store import Row, Session

# Participants lie in the order of their articles: one article's are found at once, those of a list are not.
_PARTICIPANTS = """
SELECT mention_id, role, position, actor_id, text, text_start, text_end, name, kind, country, sector, title
FROM participants WHERE document_id = ? ORDER BY mention_id, role, position
"""
_SAID = ("explicit", "relative")  # the sentence itself says when


def with_participants(session: Session, mentions: list[Row]) -> list[Row]:
    """Mentions, each with its ``participants``."""
    for mention in mentions:
        mention["participants"] = []
    by_id = {mention["mention_id"]: mention for mention in mentions}
    for document in dict.fromkeys(mention["document_id"] for mention in mentions):
        for row in session.rows(_PARTICIPANTS, [document]):
            if row["mention_id"] in by_id:
                by_id[row["mention_id"]]["participants"].append(row)
    return mentions


def sentence_pieces(mention: Row, finder: Finder) -> list[Piece]:
    """The sentence of a mention in pieces, marked; parts named in other sentences are left out."""
    start = mention["sentence_start"]
    inside = [
        Stretch(s.start - start, s.end - start, s.kind, s.note)
        for s in stretches(mention)
        if s.start >= start
    ]
    found = finder(mention["sentence"], mention["published_edtf"])
    return pieces(mention["sentence"], [*inside, *_found_stretches(mention, found)])


def stretches(mention: Row) -> list[Stretch]:
    """Trigger and participants of a mention, as offsets into the article."""
    found = [Stretch(mention["trigger_start"], mention["trigger_end"], "trigger")]
    for part in mention["participants"]:
        found.append(Stretch(part["text_start"], part["text_end"], part["role"], part["name"]))
    return found


def place_and_date(mention: Row, finder: Finder) -> list[Stretch]:
    """Place and date of a mention as offsets into the article."""
    found = finder(mention["sentence"], mention["published_edtf"])
    by = mention["sentence_start"]
    return [Stretch(s.start + by, s.end + by, s.kind, s.note) for s in _found_stretches(mention, found)]


def _found_stretches(mention: Row, found: Found) -> Iterable[Stretch]:
    """The register keeps what place and date are, not where they stand: they are looked for again."""
    if mention["place_method"] == "stated" and mention["place_name"]:
        yield from _place(mention["sentence"], mention["place_name"], found)
    if mention["date_method"] in _SAID:
        yield from _date(mention["event_edtf"], found.times)


def _place(sentence: str, name: str, found: Found) -> Iterable[Stretch]:
    at = [(start, end) for start, end, meant in found.places if meant == name]
    if not at and (start := sentence.find(name)) >= 0:
        at = [(start, start + len(name))]
    return [Stretch(start, end, "place", name) for start, end in at]


def _date(edtf: str | None, times: Sequence[tuple[int, int, str]]) -> Iterable[Stretch]:
    """The expression that says the date; of an interval, those that say its ends."""
    ends = set((edtf or "").split("/"))
    exact = [time for time in times if time[2] == edtf] or [time for time in times if time[2] in ends]
    return [Stretch(start, end, "date", meant) for start, end, meant in exact]
