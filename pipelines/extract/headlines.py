"""Help the parser with headlines and datelines, which are not written as sentences are.

Everything here gives back text of the same length, so that offsets stay. A dateline is blanked; a headline whose
words are capitalised by house style gets its ordinary words in lower case; and a headline's verb that the parser
took for a noun ("Oslo ships grain to Accra") is read once more with a plainer verb of the same length in its place.
What the words tell is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Token

from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.gate import possible_lemmas
from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.wordlists import ordered_words, words

# "LIMA (AP) - ", "NAIROBI, Kenya - ", "KABUL, Aug 3 (Reuters) - ": a town in capitals, then at most 40 characters
_DATELINE = re.compile(r"[A-Z][A-Z.' ]{2,25}(?:,[^-\n]{1,40}?)?(?: ?\([^)\n]{2,25}\))? ?--? (?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FINAL = (".", "!", "?", '"', "'", ":", ";", ",")
_MAX_WORDS = 18
_MIN_WORDS = 3
_MAX_TOKENS = 2 * _MAX_WORDS
_TITLED_SHARE = 0.7
_LONG = 4  # letters; shorter words are small in many house styles
_OBJECTS = {"PROPN", "NOUN", "ADJ", "NUM", "DET", "PRON", "VERB"}
_CLAUSAL = {"VBZ", "VBP", "VBD", "VBN", "VBG"}


def is_headline(text: str) -> bool:
    """Whether the text looks like a headline: short, and without a final stop."""
    if text.endswith(_FINAL) or len(text) > _MAX_WORDS * 12:
        return False
    return _MIN_WORDS <= len(text.split()) <= _MAX_WORDS


class Headlines:
    """Makes texts readable with a dictionary: ``dictionary`` maps a part of speech to its lemmas in lower case."""

    def __init__(
        self, dictionary: Mapping[str, frozenset[str]], irregular: Mapping[str, Sequence[str]]
    ) -> None:
        self._verbs = dictionary["verb"]
        self._common = frozenset().union(*dictionary.values())
        self._irregular = irregular

    def readable(self, text: str) -> str:
        """The text with its dateline blanked and the capitals of house style undone; same length."""
        if text[:3].isupper() and (dateline := _DATELINE.match(text)):
            text = " " * dateline.end() + text[dateline.end() :]
        if is_headline(text.lstrip()) and _is_title_cased(text):
            return self._lowered(text)
        return text

    def _lowered(self, text: str) -> str:
        marked = lexicon().mark(text)
        pieces, last = [], 0
        for number, match in enumerate(_WORD.finditer(text)):
            word = match.group()
            mark = marked.covering(match.start())
            if number == 0 or (mark is not None and mark.entry.case != "any") or not self._is_common(word):
                continue
            pieces += [text[last : match.start()], word.lower()]
            last = match.end()
        return "".join([*pieces, text[last:]])

    def _is_common(self, word: str) -> bool:
        lower = word.lower()
        if len(lower) != len(word) or lower in words("calendar_names") or not (word.istitle() or "-" in word):
            return False
        return lower in STOP_WORDS or not self._common.isdisjoint(possible_lemmas(lower, self._irregular))

    def misread_verb(self, doc: Doc) -> tuple[Token, str, str] | None:
        """The word that should have been the headline's verb, its lemma, and a verb of its length to read instead.

        None where the text is no headline, or the parser found its verb.
        """
        if (
            doc[-1].text in _FINAL or len(doc) > _MAX_TOKENS
        ):  # most sentences, told without reading their text
            return None
        if not is_headline(doc.text.strip()) or self._has_clause(doc):
            return None
        for token in doc[1:]:
            lemma = self._verb_lemma(token)
            stand_in = _stand_in(token, lemma) if lemma else None
            if lemma and stand_in:
                return token, lemma, stand_in
        return None

    def _has_clause(self, doc: Doc) -> bool:
        """Whether the parser found a verb with its subject, or an infinitive that stands for the future."""
        for token in doc:
            if token.tag_ == "VB" and token.i > 0 and token.nbor(-1).lower_ == "to":
                return True
            if token.tag_ not in _CLAUSAL or token.lemma_.lower() not in self._verbs:
                continue  # "missiles" or "maize" read as a verb
            if any(child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i for child in token.children):
                return True
        return False

    def _verb_lemma(self, token: Token) -> str | None:
        """The event verb that the word would be, were it read as a verb after its subject or after "to"."""
        lower, before = token.lower_, token.nbor(-1)
        if before.lower_ == "to":
            return lower if lower in self._verbs and token.tag_ != "VB" else None
        if before.pos_ not in ("PROPN", "NOUN") or not lower.endswith("s") or not token.is_lower:
            return None
        if not _has_object_behind(token):
            return None
        lemmas = sorted(possible_lemmas(lower, self._irregular) - {lower})
        return next((lemma for lemma in lemmas if ("v", lemma) in event_lexicon()), None)


def _has_object_behind(token: Token) -> bool:
    """Whether an object follows, as behind a verb; not so in "strikes in Yemen" or "strikes kill ten"."""
    if token.i + 1 == len(token.doc):
        return False
    after = token.nbor()
    is_verb = after.tag_ in ("VB", "VBP") and ("v", after.lemma_) in event_lexicon()
    return after.pos_ in _OBJECTS and not is_verb


def _is_title_cased(text: str) -> bool:
    long = [match.group() for match in _WORD.finditer(text) if len(match.group()) >= _LONG]
    return len(long) >= _MIN_WORDS and sum(word[0].isupper() for word in long) >= _TITLED_SHARE * len(long)


def _stand_in(token: Token, lemma: str) -> str | None:
    ending = "s" if token.lower_ != lemma else ""
    same = [verb + ending for verb in ordered_words("plain_verbs") if len(verb + ending) == len(token.text)]
    return next(iter(same), None)
