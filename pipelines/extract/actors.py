"""Who a noun phrase names: the reader that turns a parsed phrase into actors.

It decides who somebody is, never what they did: roles and events are the grammar's.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who import bodies, groups, people
from pipelines.extract.who.anaphora import meant
from pipelines.extract.who.extent import left_edge
from pipelines.extract.who.gate import names_somebody
from pipelines.extract.who.lexicon import Lexicon, lexicon
from pipelines.extract.who.marks import Entry, Mark
from pipelines.extract.who.member import actor
from pipelines.extract.who.phrase import Phrase
from pipelines.extract.who.pronouns import antecedents, resolve
from pipelines.extract.who.sentence import Sentence
from pipelines.extract.who.sides import place_of, sides
from pipelines.extract.who.vocabulary import vocabulary

__all__ = ["ActorReader", "names_somebody"]

_QUANTITIES = vocabulary("quantities")
_BEHIND = vocabulary("behind_prepositions")
_POSITIONS = vocabulary("positions")
_RELATIVE = vocabulary("relative")
_NOBODY = frozenset(("PUNCT", "SYM", "SPACE", "ADP", "AUX", "CCONJ", "PART", "SCONJ", "INTJ", "DET", "ADV"))
_COMMON = ("title", "body", "group")
_DEPTH = 4  # things of things of things
_MOST_OPEN = 8  # readings inside readings: pronouns, owners and speakers can point at each other in a ring


class ActorReader:
    """Reads actors from noun phrases. One instance serves any number of documents, one thread at a time."""

    def __init__(self, words: Lexicon):
        self._lexicon = words
        self._doc: Doc | None = None
        self._cast: Cast | None = None
        self._sentence: Sentence | None = None
        self._open = 0

    @classmethod
    def load(cls) -> ActorReader:
        """Give a reader over the lexicons, which are read once per process."""
        return cls(lexicon())

    def read(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who the noun phrase headed by ``head`` is; [] if nobody.

        ``base`` is the code-point offset of the sentence in the article. Phrases coordinated with
        ``head`` itself are left to the caller; "of A and B" inside the phrase gives several actors.
        """
        if self._open >= _MOST_OPEN:
            return []
        self._open += 1
        try:
            return self._read(head, cast, base)
        finally:
            self._open -= 1

    def _read(self, head: Token, cast: Cast, base: int) -> list[Actor]:
        sentence = self._sentence_of(head.doc, cast, base)
        if head.idx < sentence.body:
            return []
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP", "WDT"):
            return self._pronoun(head, sentence, cast, base)
        if head.pos_ in _NOBODY and head.lower_ not in _QUANTITIES:
            mark = sentence.marked.covering(head.idx)
            known = mark.entry.case != "any" if mark is not None else cast.alias(head.text) is not None
            if not known:
                return []
        return self._phrase(Phrase(self, sentence, head, cast, base))

    def behind(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who stands behind the thing headed by ``head``: its owner, maker or target; [] if nobody."""
        return self._behind(head, cast, base, 0)

    def owner(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Whose the thing headed by ``head`` is by the words before it: "a Ghanaian proposal"; [] if nobody's."""
        return self._before(head, cast, base)

    # -- one phrase ------------------------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase) -> list[Actor]:
        segment = phrase.segment()
        if segment is not None and (segment.description.title or segment.entry):
            return [people.named_person(phrase, segment), *people.sharing(phrase, segment)]
        mark = phrase.mark
        if phrase.nobody():
            return []
        naming = phrase.naming()
        if naming is not None:
            return self.read(naming, phrase.cast, base=phrase.base)
        if mark is not None and mark.of_kind(*_COMMON) is not None:
            head = phrase.head
            taken_for_verb = head.pos_ == "VERB" and head.dep_ in ("nsubj", "dobj", "pobj")
            if head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "X") and not taken_for_verb:
                return []
            pointed = meant(phrase.head, phrase.marked, phrase.start, phrase.end, phrase.cast, phrase.base)
            if pointed:
                return [phrase.build(member, "coreference") for member in pointed]
        if phrase.head.lower_ in _QUANTITIES or phrase.head.pos_ == "NUM":
            found = groups.counted(phrase)
            if found or mark is None:
                return found
        if mark is None:
            return people.unknown_name(phrase)
        return people.surname_of_somebody(phrase) or self._marked(phrase, _meaning(phrase, mark))

    def _marked(self, phrase: Phrase, entry: Entry) -> list[Actor]:
        if entry.kind in ("country", "capital", "seat"):
            return bodies.country(phrase, entry)
        if entry.kind in ("demonym", "regional"):
            return groups.people_of(phrase, entry)
        if entry.kind in ("region", "city"):
            return bodies.place(phrase, entry)
        if entry.kind == "organization":
            return bodies.organization(phrase, entry)
        if entry.kind == "title":
            return people.office(phrase, entry)
        if entry.kind == "body":
            return bodies.body(phrase, entry)
        if entry.kind == "group":
            return groups.group(phrase, entry)
        return groups.gathering(phrase) if entry.actor_kind == "meeting" else []

    def _pronoun(self, head: Token, sentence: Sentence, cast: Cast, base: int) -> list[Actor]:
        if head.lower_ in _RELATIVE:
            return self._antecedent(head, cast, base)
        near = antecedents(head, cast, base, self)
        if near:
            return [replace(one, resolved_by="coreference") for one in near]
        members = resolve(head, cast, base, self)
        start, end = head.idx, head.idx + len(head)
        return [actor(member, sentence.text, start, end, base, "coreference") for member in members]

    def _antecedent(self, head: Token, cast: Cast, base: int) -> list[Actor]:
        """Whom "who" or "which" means: the noun that its clause modifies."""
        verb = head.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head is not verb:
            verb = verb.head
        return self.read(verb.head, cast, base=base) if verb.dep_ == "relcl" else []

    # -- behind a thing --------------------------------------------------------------------------------------

    def _behind(self, head: Token, cast: Cast, base: int, depth: int) -> list[Actor]:
        if depth > _DEPTH or head.lower_ in _POSITIONS:
            return []
        return self._before(head, cast, base) or self._after(head, cast, base, depth)

    def _before(self, head: Token, cast: Cast, base: int) -> list[Actor]:
        """The owner or maker among the modifiers: "Venezuelan police helicopter" is the police's."""
        sentence = self._sentence_of(head.doc, cast, base)
        lefts = [c for c in head.lefts if c.dep_ in ("poss", "compound", "amod", "nmod")]
        for child in reversed(lefts):
            mark = sentence.marked.covering(child.idx)
            if mark is None or child.dep_ == "poss" or child.pos_ not in ("NOUN", "PROPN", "ADJ"):
                continue
            if mark.of_kind("body", "organization", "group", "person") and not place_of(mark):
                entry = mark.of_kind("body", "group")
                if entry is not None and child.pos_ == "ADJ" and entry.kind == "group":
                    continue
                phrase = Phrase(self, sentence, child, cast, base, min(left_edge(head), left_edge(child)))
                found = self._phrase(phrase)
                if found:
                    return found
        for child in lefts:
            found = self._modifier(child, sentence, cast, base)
            if found:
                return found
        return []

    def _modifier(self, child: Token, sentence: Sentence, cast: Cast, base: int) -> list[Actor]:
        marked = sentence.marked
        mark = marked.covering(child.idx)
        if child.dep_ != "poss" and mark is None:
            return []
        place = place_of(mark) if mark else None
        if mark is not None and place is not None and child.dep_ != "poss":
            lo = child.doc[left_edge(child)].idx
            found = sides(marked, min(lo, mark.start), mark.end, mark.end)
            members = [bodies.place_member(side, self._lexicon) for side in found]
            return [actor(m, sentence.text, min(lo, mark.start), mark.end, base, "text") for m in members]
        if child.dep_ == "amod":
            return []
        return self.read(child, cast, base=base) or (
            self._behind(child, cast, base, _DEPTH) if child.dep_ == "poss" else []
        )

    def _after(self, head: Token, cast: Cast, base: int, depth: int) -> list[Actor]:
        for prep in head.rights:
            if prep.dep_ in ("prep", "agent") and prep.lower_ in _BEHIND:
                for noun in prep.children:
                    if noun.dep_ in ("pobj", "pcomp"):
                        found = self.read(noun, cast, base=base) or self._behind(noun, cast, base, depth + 1)
                        if found:
                            return found
            elif prep.dep_ == "acl" and depth == 0:
                found = self._after(prep, cast, base, depth + 1)
                if found:
                    return found
        return []

    def _sentence_of(self, doc: Doc, cast: Cast, base: int) -> Sentence:
        """The sentence of a parse as the cast took it in, which has the article's own characters."""
        if doc is not self._doc or cast is not self._cast or self._sentence is None:
            heard = cast.sentence(base)
            if heard is None or len(heard.text) < doc[-1].idx + len(doc[-1]):
                heard = Sentence(self._lexicon.mark(doc.text), self._lexicon)
            self._doc, self._cast, self._sentence = doc, cast, heard
        return self._sentence


def _meaning(phrase: Phrase, mark: Mark) -> Entry:
    """The meaning that fits: the state's own body, not its international namesake; many, not one."""
    entry = mark.entry
    local = mark.of_kind("body") if entry.kind == "organization" and len(mark.entries) > 1 else None
    if local is not None:
        if entry.country is None:
            return local if sides(phrase.marked, phrase.start, phrase.own_end, mark.start) else entry
        if entry.actor_kind == "body" and not phrase.cast.speaks_of(entry.country, phrase.at):
            return local if phrase.side(scene=True) is not None else entry
    if entry.kind == "title" and phrase.plural():
        return mark.of_kind("group") or entry
    return entry
