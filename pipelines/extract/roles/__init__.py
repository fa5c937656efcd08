"""Who stands in which role to a word: syntax made uniform.

Voice, control, relative clauses, participles and coordination are undone here, so that the lexicon can speak of
``subj``, ``obj`` and prepositions alone. Everything works on one spaCy parse of one sentence; nothing here
knows about events or actors. The other rooms take what they need from here; the modules tell one story each.
"""

from pipelines.extract.roles.complements import complements
from pipelines.extract.roles.coordination import expand
from pipelines.extract.roles.fill import counted, fill
from pipelines.extract.roles.nouns import light_verb_subjects
from pipelines.extract.roles.objects import objects
from pipelines.extract.roles.prepositions import prepositional
from pipelines.extract.roles.subjects import logical_subjects, surface_subjects
from pipelines.extract.roles.voice import is_passive

__all__ = [
    "complements",
    "counted",
    "expand",
    "fill",
    "is_passive",
    "light_verb_subjects",
    "logical_subjects",
    "objects",
    "prepositional",
    "surface_subjects",
]
