"""Every lexicon file of events, word classes and agreements says what the README says it may say."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract import model

LEXICON = Path(model.__file__).parent / "lexicon"
EVENTS = sorted((LEXICON / "events").glob("*.csv"))
CLASSES = sorted((LEXICON / "classes").glob("*.txt"))
COLUMNS = ["lemma", "pos", "slots", "actor", "recipient", "mode", "cameo", "contexts", "example"]
SYNTACTIC_ROLES = {"subj", "obj", "iobj", "prt", "comp", "attr", "mod", "poss"}
PREPOSITIONS = set(
    re.findall(
        r"\w+",
        """about above across after against ahead along alongside among amid around as at away back before
        behind below beside besides between beyond by concerning despite down during following for from in
        inside into like near of off on onto out outside over past regarding since through throughout to
        toward towards under unlike until up upon versus via with within without""",
    )
)
ROLES = SYNTACTIC_ROLES | PREPOSITIONS
AGREEMENT_STATUSES = {"signed", "adopted", "ratified", "planned", "proposed", "terminated"}
Row = dict[str, str]


def plain_lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]


def rows(path: Path) -> Iterator[Row]:
    for cells in csv.reader(plain_lines(path)[1:]):
        yield dict(zip(COLUMNS, cells, strict=True))


def slots(row: Row) -> list[tuple[str, str]]:
    return [(slot.split(":", 1)[0], slot.split(":", 1)[1]) for slot in row["slots"].split()]


def all_rows() -> Iterator[tuple[str, Row]]:
    for path in EVENTS:
        for row in rows(path):
            yield path.stem.upper(), row


def specificity(row: Row) -> tuple[int, int, int]:
    """How many conditions name words, ask for somebody, or forbid something: rows alike in this compete."""
    fillers = [filler for _, filler in slots(row)]
    negated = sum(filler.startswith("!") for filler in fillers)
    general = sum(filler in ("#who", "*") for filler in fillers)
    return len(fillers) - negated - general, general, negated


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((LEXICON / name).read_text("utf-8"))


def ontology() -> dict[str, dict[str, object]]:
    data: dict[str, dict[str, object]] = tomllib.loads((LEXICON / "ontology.toml").read_text("utf-8"))[
        "types"
    ]
    return data


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_event_file_has_the_columns_of_the_readme(path: Path) -> None:
    lines = plain_lines(path)
    assert lines[0].split(",") == COLUMNS
    for line in lines[1:]:
        assert len(next(csv.reader([line]))) == len(COLUMNS), line


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_event_file_is_named_after_a_type_and_explains_itself(path: Path) -> None:
    assert path.stem.upper() in ontology()
    assert path.read_text("utf-8").startswith("#")


def test_every_type_has_a_file() -> None:
    assert {path.stem.upper() for path in EVENTS} == set(ontology())


def test_lemmas_are_dictionary_forms_in_lower_case() -> None:
    for type_, row in all_rows():
        for lemma in row["lemma"].split("|"):
            assert re.fullmatch(r"[a-z][a-z'é-]*", lemma), (type_, lemma)


def test_part_of_speech_is_verb_noun_or_adjective() -> None:
    assert {row["pos"] for _, row in all_rows()} <= {"v", "n", "a"}


def test_slots_are_role_and_filler() -> None:
    for type_, row in all_rows():
        for slot in row["slots"].split():
            assert re.fullmatch(r"[a-z]+(\.[a-z]+)*:!?[^:!\s]+", slot), (type_, row["lemma"], slot)


def test_roles_are_known() -> None:
    for type_, row in all_rows():
        paths = [role for role, _ in slots(row)]
        for cell in (row["actor"], row["recipient"]):
            paths += [] if cell == "-" else cell.replace("+", "").split("|")
        unknown = {role for path in paths if path for role in path.split(".")} - ROLES
        assert not unknown, (type_, row["lemma"], unknown)


def test_no_condition_stands_twice_in_a_row() -> None:
    for type_, row in all_rows():
        conditions = row["slots"].split()
        assert len(set(conditions)) == len(conditions), (type_, row["lemma"], row["slots"])


def test_classes_exist() -> None:
    known = {path.stem for path in CLASSES}
    for type_, row in all_rows():
        for _, filler in slots(row):
            used = {
                word.removeprefix("@") for word in filler.removeprefix("!").split("|") if word.startswith("@")
            }
            assert used <= known, (type_, row["lemma"], used - known)


def test_cameo_codes_are_in_the_crosswalk() -> None:
    known = {line.split(",")[0] for line in plain_lines(LEXICON / "cameo.csv")[1:]}
    for type_, row in all_rows():
        assert not row["cameo"] or row["cameo"] in known, (type_, row["lemma"], row["cameo"])


def test_modes_and_contexts_are_those_of_the_ontology() -> None:
    known = set(read_toml("ontology.toml")["contexts"])
    for type_, row in all_rows():
        modes = ontology()[type_].get("modes", {})
        assert isinstance(modes, dict)
        assert not row["mode"] or row["mode"] in modes, (type_, row["lemma"], row["mode"])
        contexts = set(filter(None, row["contexts"].split(";")))
        assert contexts <= known, (type_, row["lemma"], row["contexts"])


def test_one_frame_has_one_meaning() -> None:
    """Two rows for the same word, part of speech and conditions would leave the type to chance."""
    meanings: dict[tuple[str, str, frozenset[str]], list[str]] = defaultdict(list)
    for type_, row in all_rows():
        for lemma in row["lemma"].split("|"):
            meanings[lemma, row["pos"], frozenset(row["slots"].split())].append(type_)
    double = {key: types for key, types in meanings.items() if len(types) > 1}
    assert not double


def test_bare_words_belong_to_one_type() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for type_, row in all_rows():
        if specificity(row) == (0, 0, 0):
            for lemma in row["lemma"].split("|"):
                owners[lemma, row["pos"]].add(type_)
    assert not {word: types for word, types in owners.items() if len(types) > 1}


@pytest.mark.parametrize("path", CLASSES, ids=lambda path: path.stem)
def test_class_has_words_and_none_twice(path: Path) -> None:
    words = plain_lines(path)
    assert words
    assert len(set(words)) == len(words)
    assert all(word == word.strip() for word in words)


def agreements() -> dict[str, dict[str, object]]:
    return read_toml("agreements.toml")


def test_a_noun_names_one_kind_of_agreement() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for kind, entry in agreements()["kinds"].items():
        assert isinstance(entry, dict)
        assert set(entry) <= {"nouns", "phrases", "modifiers", "weak"}
        for wording in [*entry["nouns"], *entry["phrases"]]:
            assert wording == wording.lower()
            owners[wording].append(kind)
    assert not {wording: kinds for wording, kinds in owners.items() if len(kinds) > 1}


def test_a_word_brings_an_agreement_to_one_status() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for status, lemmas in agreements()["status"].items():
        assert isinstance(lemmas, list)
        for lemma in lemmas:
            owners[lemma].append(status)
    assert set(agreements()["status"]) == AGREEMENT_STATUSES
    assert not {lemma: statuses for lemma, statuses in owners.items() if len(statuses) > 1}
