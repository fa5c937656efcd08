"""What a pair of words in a parse shows of what the one does to the other, as names of binary features.

The words on the way between the two through the parse and the words that hang on that way, after Bunescu and Mooney,
"A Shortest Path Dependency Kernel for Relation Extraction" (2005), with the types of event that each word suggests.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipelines.extract.backoff.hints import types_by_hints, types_by_rows
from pipelines.extract.backoff.tree import Tree, Way

_STEM = 5  # letters that "accuse" and "accusation" share
_LONGEST = 6
_PASSED_OVER = frozenset({"det", "punct", "poss", "case", "nummod"})


def features(tree: Tree, way: Way) -> frozenset[str]:
    """The features of the ordered pair at the ends of the way."""
    return frozenset(_all(tree, way))


def suggestive(tree: Tree, way: Way) -> int | None:
    """The word nearest the top of the way that suggests any type; None where none does."""
    on_way = [way.apex, *reversed(way.up), *way.down]
    hung = [child for word in way.inner for child in tree.children[word]]
    for word in (*on_way, *hung):
        if word not in (way.first, way.last) and tree.is_content(word) and _suggests(tree, word):
            return word
    return None


def _suggests(tree: Tree, word: int) -> bool:
    lemma = tree.lemmas[word]
    return bool(types_by_rows(lemma, tree.pos[word]) or types_by_hints(lemma))


def _all(tree: Tree, way: Way) -> Iterator[str]:
    yield "before" if way.first < way.last else "after"
    start = tree.deps[way.first] if way.first != way.apex else "top"
    end = tree.deps[way.last] if way.last != way.apex else "top"
    yield f"from:{start}"
    yield f"to:{end}"
    yield f"from-to:{start}-{end}"
    yield f"top:{tree.pos[way.apex]}"
    inner = way.inner
    yield f"length:{min(len(inner), _LONGEST)}"
    for first, second in pairwise(inner):
        yield f"{tree.lemmas[first]}~{tree.lemmas[second]}"
    yield from _on_way(tree, way, inner)
    yield from _beside(tree, way, inner)


def _on_way(tree: Tree, way: Way, inner: list[int]) -> Iterator[str]:
    for word in way.up:
        yield f"up:{tree.lemmas[word]}"
    for word in way.down:
        yield f"down:{tree.lemmas[word]}"
    up = set(way.up)
    for word in inner:
        if tree.is_content(word):
            side = "top" if word == way.apex else "up" if word in up else "down"
            yield from _content(tree, word, "way")
            yield f"{side}:{tree.lemmas[word]}"
            for kind in _kinds(tree, word):
                yield f"{side}:{kind}"


def _beside(tree: Tree, way: Way, inner: list[int]) -> Iterator[str]:
    """The words that hang on the way, and what hangs on those."""
    taken = {*inner, way.first, way.last}
    for word in dict.fromkeys((*inner, way.apex)):
        for child in tree.children[word]:
            if child in taken or tree.deps[child] in _PASSED_OVER:
                continue
            yield f"{tree.deps[child]}>{tree.lemmas[child]}"
            if tree.is_content(word):
                yield f"{tree.lemmas[word]}>{tree.deps[child]}>{tree.lemmas[child]}"
            if tree.is_content(child):
                yield from _content(tree, child, "beside")
            for deeper in _below(tree, child):
                if deeper not in taken and tree.is_content(deeper):
                    yield f"below:{tree.lemmas[deeper]}"
                    for kind in _kinds(tree, deeper):
                        yield f"below:{kind}"


def _below(tree: Tree, child: int) -> Iterator[int]:
    for deeper in tree.children[child]:
        yield deeper
        if tree.deps[deeper] == "prep":
            yield from tree.children[deeper]


def _content(tree: Tree, word: int, where: str) -> Iterator[str]:
    lemma = tree.lemmas[word]
    yield f"{where}:{lemma}"
    yield f"stem:{lemma[:_STEM]}"
    for kind in _kinds(tree, word):
        yield f"{where}:{kind}"


def _kinds(tree: Tree, word: int) -> Iterator[str]:
    """The types that the word suggests, in capitals with the source in front."""
    lemma = tree.lemmas[word]
    for type_ in types_by_rows(lemma, tree.pos[word]):
        yield f"row={type_}"
    for type_ in types_by_hints(lemma):
        yield f"hint={type_}"
