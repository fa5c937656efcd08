"""Which names are one person's, on names of our own and on generated ones."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve.offices import read_office
from pipelines.resolve.persons import Identity, Spelling, identify

_CORPUS = Path(__file__).parent / "spellings.csv"


def corpus() -> dict[Spelling, str]:
    with _CORPUS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    found = {}
    for row in rows:
        for told in row["names"].split("|"):
            name, _, title = told.partition(" @ ")
            offices = frozenset(filter(None, [read_office(title).office if title else None]))
            found[Spelling(row["country"] or None, name, offices)] = row["person"]
    return found


def clusters(labels: dict[Spelling, object]) -> dict[Spelling, set[Spelling]]:
    groups = defaultdict(set)
    for spelling, label in labels.items():
        groups[label].add(spelling)
    return {spelling: groups[label] for spelling, label in labels.items()}


def b_cubed(gold: dict[Spelling, str], found: dict[Spelling, Identity]) -> tuple[float, float]:
    right = clusters(dict(gold))
    ours = clusters({spelling: (found[spelling].country, found[spelling].key) for spelling in gold})
    precision = sum(len(right[one] & ours[one]) / len(ours[one]) for one in gold) / len(gold)
    recall = sum(len(right[one] & ours[one]) / len(right[one]) for one in gold) / len(gold)
    return precision, recall


def same(one: tuple[str | None, str], *others: tuple[str | None, str]) -> bool:
    found = identify([Spelling(*one), *(Spelling(*other) for other in others)])
    return len({(identity.country, identity.key) for identity in found.values()}) == 1


def test_spellings_of_our_corpus_find_together() -> None:
    gold = corpus()
    told = defaultdict(set)
    for spelling, person in gold.items():
        told[person].add(spelling)
    assert sum(len(names) > 1 for names in told.values()) >= 150
    assert sum(person.startswith("n") for person in told) >= 60
    precision, recall = b_cubed(gold, identify(gold))
    assert precision >= 0.99
    assert 2 * precision * recall / (precision + recall) >= 0.95


@pytest.mark.parametrize(
    "names",
    [
        ("Uladzimir Makey", "Vladimir Makei", "U. Makey"),
        ("Aliaksandr Zhurauski", "Alexander Zhuravsky"),
    ],
)
def test_transliterations_of_one_language_into_another_are_one_name(names: tuple[str, ...]) -> None:
    assert same(*[("BLR", name) for name in names])


def test_a_letter_without_a_latin_mark_is_written_out() -> None:
    assert same(("AZE", "Zakir Hasanov"), ("AZE", "Zakir Həsənov"), ("AZE", "Zakir Gasanov"))


def test_rules_of_one_language_do_not_hold_for_another() -> None:
    assert not same(("GBR", "David Hill"), ("GBR", "David Gill"))


def test_family_names_may_stand_first() -> None:
    assert same(("JPN", "Haruki Tanabe"), ("JPN", "Tanabe Haruki"))
    assert same(("KOR", "Han Seo-jun"), ("KOR", "Han Seo Jun"))


def test_a_title_is_no_part_of_a_name() -> None:
    assert same(("PER", "Rosa Quispe"), ("PER", "Dr. Rosa Quispe"))


def test_other_middle_names_are_other_people() -> None:
    assert not same(("USA", "Paul T. Warren"), ("USA", "Paul R. Warren"))


def test_a_name_that_fits_two_people_joins_neither() -> None:
    names = [Spelling("USA", name) for name in ("Paul T. Warren", "Paul R. Warren", "Paul Warren")]
    assert len({identity.key for identity in identify(names).values()}) == 3


def test_initials_need_offices_that_do_not_disagree() -> None:
    full = Spelling("RUS", "Andrei Petrov", frozenset({"Minister of Health"}))
    other = Spelling("RUS", "A. Petrov", frozenset({"Minister of Defence"}))
    silent = Spelling("RUS", "A. N. Petrov")
    found = identify([full, other, silent])
    assert found[full].key != found[other].key
    assert found[full].key == found[silent].key


def test_a_person_of_unknown_country_joins_the_only_namesake() -> None:
    assert same((None, "Alyaksandr Vaitovich"), ("BLR", "Aliaksandr Vaitovich"))
    two = [Spelling(country, "Ana Silva") for country in ("BRA", "PRT", None)]
    assert len({(one.country, one.key) for one in identify(two).values()}) == 3


def test_a_description_is_nobodys_name() -> None:
    names = [Spelling("PER", "Lawyer of Peru"), Spelling("PER", "Lawyer of Lima")]
    assert len({identity.key for identity in identify(names).values()}) == 2


def test_a_middle_name_heard_later_changes_no_key() -> None:
    before = identify([Spelling("USA", "Paul Warren")])
    after = identify([Spelling("USA", "Paul Warren"), Spelling("USA", "Paul T. Warren")])
    name = Spelling("USA", "Paul Warren")
    assert before[name].key == after[name].key


_WORDS = [
    "Ivan",
    "Iwan",
    "Olga",
    "Olha",
    "J.",
    "John",
    "Kim",
    "Petrov",
    "Petrow",
    "Silva",
    "al-Assad",
    "Jr",
    "Ω",
    "de",
    "X",
]
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_SPELLINGS = st.builds(
    Spelling,
    st.sampled_from([None, "RUS", "UKR", "USA", "KOR", "ESP", "JPN"]),
    _NAMES,
    st.sampled_from([frozenset(), frozenset({"King"}), frozenset({"Queen"})]),
)


def one_row_each(spellings: list[Spelling]) -> list[Spelling]:
    """As the register asks: each name of a country once."""
    return list({(one.country, one.name): one for one in spellings}.values())


@settings(max_examples=200, deadline=None)
@given(st.lists(_SPELLINGS, max_size=25).map(one_row_each), st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(spellings: list[Spelling], random) -> None:
    found = identify(spellings)
    random.shuffle(spellings)
    assert identify(spellings) == found


@settings(max_examples=200, deadline=None)
@given(st.lists(_SPELLINGS, max_size=25).map(one_row_each))
def test_no_two_countries_share_a_person(spellings: list[Spelling]) -> None:
    for spelling, identity in identify(spellings).items():
        assert spelling.country in (None, identity.country)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, "RUS", "KOR", "EGY"]))
def test_every_text_has_an_identity(name: str, country: str | None) -> None:
    spelling = Spelling(country, name)
    assert identify([spelling])[spelling].key
