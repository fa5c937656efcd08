"""What states do together is another event than the same done alone: joint manoeuvres are cooperation."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.extract.model import Actor

_SHOWN_FORCE = ("MOBILIZE", "150")  # exercises, patrols and displays, as the lexicon codes them
_TOGETHER = ("COOPERATE", "062")


def done_together(type_: str, cameo: str, actors: Sequence[Actor]) -> tuple[str, str]:
    """Type and CAMEO code once it is known who took part: exercises of two countries are joint ones."""
    countries = {actor.country for actor in actors if actor.country}
    return _TOGETHER if (type_, cameo) == _SHOWN_FORCE and len(countries) > 1 else (type_, cameo)
