"""What a reader of an expression may look at: the anchor, the tense, and the dates named before."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.extract.times.anchor import Anchor, choose_year
from pipelines.extract.times.grammar import Expression
from pipelines.extract.times.tense import Tense
from pipelines.extract.times.values import Value, make_day, make_month

# "last week", "a year ago": the categories whose words name a unit of time
UNITS = (
    "day_unit",
    "week_unit",
    "weekend",
    "month_unit",
    "quarter",
    "year_unit",
    "decade_unit",
    "century",
    "units",
)
MONTHS = ("month", "month_name", "month_abbr")
DAYS = ("day", "dayord")
WEEKDAYS = ("weekday", "weekday_abbr")

_REFERABLE = ("day", "month", "year")
# a week lies after a day that is known, a decade after a year
_COUNTED_IN = {"week": "day", "weekend": "day", "quarter": "month", "decade": "year"}
_REACH = 400  # code points: about two sentences back


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means; ``value`` is None where the text allows none, ``method`` as in ``Time``."""

    value: Value | None
    method: str = "none"


UNKNOWN = Reading(None)


@dataclass(slots=True)
class Context:
    """State while a text is read from front to back.

    ``published`` is what relative expressions count from, ``anchor`` what dates without a year do: the same,
    or what the document proves when it has no publication date.
    """

    published: Anchor | None
    anchor: Anchor | None
    tense: Tense
    _named: dict[str, tuple[Value, int]] = field(default_factory=dict)

    def remember(self, value: Value, end: int) -> None:
        """Keep a value named up to offset ``end``: "the next day" or "that year" may refer to it."""
        if value.first is not None and value.precision in _REFERABLE:
            for precision in _REFERABLE[_REFERABLE.index(value.precision) :]:
                self._named[precision] = (value, end)

    def named(self, unit: str, start: int) -> Value | None:
        """Give the last value named shortly before ``start`` that is at least as precise as ``unit``."""
        value, end = self._named.get(_COUNTED_IN.get(unit, unit), (None, 0))
        return value if start - end <= _REACH else None

    def complete(self, expression: Expression, month: int, day: int | None, year: int | None) -> Reading:
        """Make a day or a month, choosing the year where none is stated."""
        if year is not None or self.anchor is None:
            value = make_day(year, month, day) if day is not None else make_month(year, month)
            return Reading(value, "explicit") if value else UNKNOWN
        weekday = expression.number(*WEEKDAYS)
        chosen = choose_year(month, day, self.anchor, self.tense.lean(expression), weekday)
        return self.anchored(month, day, chosen)

    def anchored(self, month: int, day: int | None, year: int) -> Reading:
        """Make a day or a month whose year was counted from the anchor."""
        anchor = self.anchor
        unsure = anchor is not None and anchor.value.unsure
        value = make_day(year, month, day, unsure) if day is not None else make_month(year, month, unsure)
        if value is None:
            return UNKNOWN
        return Reading(value, "inferred" if anchor is not None and anchor.inferred else "relative")

    def stated_year(self, expression: Expression) -> tuple[int | None, str]:
        """Give the year an expression names ("2021", "last year", "that year") and by what method."""
        year = expression.number("year")
        if year is not None:
            return year, "explicit"
        step = expression.number("dir")
        if step is not None and self.published is not None:
            return self.published.first.year + step, "relative"
        referred = self.named("year", expression.start) if expression.has("that", "same") else None
        if referred is not None and referred.first is not None:
            return referred.first.year, "relative"
        return None, "none"
