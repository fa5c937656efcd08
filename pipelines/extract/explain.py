"""Why the extractor coded what it coded, in plain words: for analysts who doubt a row and for authors of the lexicon.

Reads an article the way the extractor does and tells, sentence by sentence, what the gate said, which rows of the
lexicon fired with which arguments, and why candidates were left out. Decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipelines.extract.extractor import Extractor
from pipelines.extract.grammar import Candidate, IsWho, read_trigger, swallows, words_of
from pipelines.extract.model import Actor, Article, Mention


def explain(extractor: Extractor, article: Article) -> Iterator[str]:
    """Lines of text about every sentence of the article, in order."""
    for sentence, doc, reading in extractor.follow(article):
        yield f"[{sentence.index}] {sentence.text}"
        if doc is None:
            yield f"    not parsed: {extractor.why_not(sentence, article)}"
            continue
        told = [mention for mention in reading.mentions if mention.sentence.index == sentence.index]
        for mention in told:
            yield from _told(mention)
        starts = {mention.trigger_start - sentence.start for mention in told}
        for candidate, reason in reading.dropped:
            yield f"    dropped {_rule(candidate)}: {reason}"
            starts.add(candidate.trigger.idx)
        yield from _swallowed(doc, reading.somebody(sentence), starts)
        if not told and not reading.dropped:
            yield "    no event"


def _told(mention: Mention) -> Iterator[str]:
    mode = f" {mention.mode}" if mention.mode else ""
    yield f"    {mention.type}{mode} (CAMEO {mention.cameo_code}), {mention.status}: “{mention.trigger}” by {mention.rule}"
    yield f"        who: {_names(mention.actors)}; to whom: {_names(mention.recipients)}"
    time, place = mention.time, mention.place
    when = f"{time.edtf} ({time.method}{f', “{time.text}”' if time.text else ''})" if time else "not said"
    where = f"{place.name} ({place.method})" if place else "not said"
    yield f"        when: {when}; where: {where}; confidence {mention.confidence}"
    for agreement in mention.agreements:
        period = (
            f", {agreement.period_start or '…'} to {agreement.period_end}" if agreement.period_end else ""
        )
        yield f"        agreement: “{agreement.title}” ({agreement.kind}, {agreement.status}{period})"
    if mention.reported_by:
        yield f"        said by: {mention.reported_by}"


def _swallowed(doc: Doc, is_who: IsWho, starts: set[int]) -> Iterator[str]:
    """Candidates that another one takes in."""
    found = [candidate for token in doc if (candidate := read_trigger(token, is_who, words_of(doc)))]
    for one in found:
        if one.trigger.idx in starts:
            continue
        outer = next((other for other in found if swallows(other, one)), None)
        if outer is not None:
            yield f"    left out {_rule(one)}: it is part of what “{outer.trigger.text}” tells"


def _rule(candidate: Candidate) -> str:
    return f"{candidate.entry.type} “{_text(candidate.trigger)}” by {candidate.entry.source}"


def _text(token: Token) -> str:
    return str(token.text)


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(f"{actor.name} ({actor.country or '?'}, “{actor.text}”)" for actor in actors) or "nobody"
