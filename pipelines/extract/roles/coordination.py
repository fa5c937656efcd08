"""Words that stand side by side: coordinated ones, and names that a list or a headline puts in a row."""

from __future__ import annotations

from spacy.tokens import Token

_LOOSE = {
    "dep",
    "advmod",
    "npadvmod",
    "nmod",
    "nsubj",
    "intj",
    "meta",
}  # how names without a role are attached


def expand(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order."""
    found, queue = [token], [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj":
                found.append(child)
                queue.append(child)
            elif child.dep_ == "appos":  # "the envoy, Ann Lee, and her Thai host": hung on the apposition
                later = [one for one in child.children if one.dep_ == "conj" and _behind_comma(one, child)]
                found += later
                queue += later
    return sorted(found, key=lambda one: one.i)


def _behind_comma(later: Token, first: Token) -> bool:
    """Whether a comma and "and" stand between two coordinated words: the second is somebody else."""
    joints = [child for child in first.children if child.dep_ == "cc" and first.i < child.i < later.i]
    return any(joint.i > 0 and joint.nbor(-1).text == "," for joint in joints)


def between_comma(first: Token, last: Token) -> bool:
    """Whether a comma stands anywhere between two words."""
    return any(token.text == "," for token in first.doc[first.i + 1 : last.i])


def is_listed(child: Token) -> bool:
    """A name behind another name and a comma, which headlines use for "and": "Chad, Niger to sign"."""
    return (
        child.dep_ == "appos"
        and child.pos_ == child.head.pos_ == "PROPN"
        and child.left_edge.i > 0
        and child.left_edge.nbor(-1).text == ","
    )


def listed_before(subject: Token, verb: Token) -> list[Token]:
    """Names that the parser left outside the subject they belong to: "Chad, Niger sign", "Chad and Niger agreed"."""
    if subject.pos_ != "PROPN":
        return []
    found: list[Token] = []
    for child in reversed([one for one in verb.lefts if one.i < subject.left_edge.i]):
        between = subject.doc[child.i + 1 : (found[0] if found else subject).left_edge.i]
        joined = [one for one in between if one.text == "," or one.dep_ == "cc"]
        if child.text == "," or child.dep_ == "cc":
            continue
        if child.pos_ != "PROPN" or child.dep_ not in _LOOSE or not joined or len(between) > 2:
            break
        found = [*expand(child), *found]
    return found
