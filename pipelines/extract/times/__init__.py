"""Time expressions: every calendar expression of an article, resolved to EDTF.

Text is split into categorised tokens (``lexer``), patterns over the categories find expressions
(``grammar``), readers turn each into a value (``absolute``, ``spans``, ``relative``), counted from the
publication date or from what the document itself proves (``anchor``). Durations, ages, clock times
and money are not calendar expressions.
"""

from pipelines.extract.times.find import find_times

__all__ = ["find_times"]
