"""Finds the calendar expressions of an article and resolves them: the way from text to ``Time`` values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipelines.extract.model import Sentence, Time
from pipelines.extract.times import absolute, relative, spans
from pipelines.extract.times.anchor import infer_anchor, read_published
from pipelines.extract.times.context import Context, Reading
from pipelines.extract.times.grammar import Expression, find_expressions
from pipelines.extract.times.lexer import lex
from pipelines.extract.times.tense import Tense

Reader = Callable[[Expression, Context], Reading | None]

READERS: Mapping[str, Reader] = {
    "date": absolute.read_date,
    "month": absolute.read_month,
    "week_of": absolute.read_week_of,
    "year": absolute.read_year,
    "decade": absolute.read_decade,
    "century": absolute.read_century,
    "holiday": absolute.read_holiday,
    "interval": spans.read_interval,
    "years": spans.read_years,
    "quarter": spans.read_quarter,
    "half": spans.read_half,
    "season": spans.read_season,
    "deictic": relative.read_deictic,
    "weekday": relative.read_weekday,
    "unit": relative.read_unit,
    "offset": relative.read_offset,
    "shifted": relative.read_shifted,
    "edge_unit": relative.read_edge_unit,
}


def find_times(text: str, published: str | None, sentences: Sequence[Sentence] | None = None) -> list[Time]:
    """Find every calendar expression of a text, in text order, non-overlapping.

    ``published`` is the publication date as EDTF (day, month or year; anything else counts as unknown).
    ``sentences`` are the sentences of the text, if known; they only bound the search for tense cues.
    Durations, ages, clock times and sets ("every Friday") are not reported.
    """
    tokens = lex(text)
    expressions = list(spans.split_lists(find_expressions(tokens), tokens))
    tense = Tense(tokens, sentences)
    anchor = read_published(published)
    readings = _read_all(expressions, Context(anchor, anchor, tense))
    if anchor is None and any(r.value and r.value.first is None for _, r in readings):
        stated = [(e, r.value) for e, r in readings if r.method == "explicit" and r.value]
        inferred = infer_anchor(tokens, expressions, stated)
        if inferred is not None:
            readings = _read_all(expressions, Context(None, inferred, tense))
    return [_to_time(text, expression, reading) for expression, reading in readings]


def _read_all(expressions: Sequence[Expression], context: Context) -> list[tuple[Expression, Reading]]:
    readings: list[tuple[Expression, Reading]] = []
    for expression in expressions:
        reading = READERS[expression.kind](expression, context)
        if reading is not None:
            readings.append((expression, reading))
            if reading.value is not None:
                context.remember(reading.value, expression.end)
    return readings


def _to_time(text: str, expression: Expression, reading: Reading) -> Time:
    start, end = expression.start, expression.end
    value = reading.value
    if value is None:
        return Time(text[start:end], start, end, None)
    first = value.first.isoformat() if value.first else None
    last = value.last.isoformat() if value.last else None
    return Time(text[start:end], start, end, value.edtf, first, last, value.precision, reading.method)
