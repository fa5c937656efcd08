"""Distances on the globe."""

from __future__ import annotations

import math

from .gazetteer import Entry

EARTH_DIAMETER_KM = 12_742.0


def kilometres(a: Entry, b: Entry) -> float:
    """Give the great-circle distance of two places."""
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    dl = math.radians(b.longitude - a.longitude)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(dl / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))
