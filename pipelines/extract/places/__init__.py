"""Toponyms: every place an article names, and where it is.

``find_places`` is all that other parts need. Reading is in ``words``, ``spots`` and ``cues``,
choosing between namesakes in ``resolve``, the world in ``gazetteer``.
"""

from __future__ import annotations

from .find import find_places
from .gazetteer import load_gazetteer

__all__ = ["find_places", "load_gazetteer"]
