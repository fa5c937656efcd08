"""What the benches measure on is what they say: the same every time, in the shares that are named, with its parts known."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.articles import knowledge, stories
from tests.bench.corpus import corpus, pages
from tests.bench.pages import page

SEED = 3


def test_equal_seeds_make_equal_files(tmp_path: Path) -> None:
    first, second = (corpus(tmp_path / name, 12) for name in ("one", "two"))
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_an_article_does_not_depend_on_how_many_are_made() -> None:
    assert stories(30, SEED)[25:] == stories(5, SEED, 25)


def test_a_tenth_is_politics_and_one_in_seven_is_a_copy() -> None:
    made = stories(800, SEED)
    fields = Counter(one.field for one in made)
    assert 0.07 < fields["politics"] / len(made) < 0.13
    assert 0.11 < sum(one.origin != one.number for one in made) / len(made) < 0.19


def test_articles_are_as_long_as_those_of_papers() -> None:
    lengths = sorted(len(one.body.split()) for one in stories(400, SEED) if one.origin == one.number)
    assert 250 < lengths[len(lengths) // 4] < lengths[3 * len(lengths) // 4] < 600


def test_every_slot_of_every_template_is_filled() -> None:
    text = " ".join(one.text for one in pages(200, SEED))
    assert not re.search(r"[{}]", text)


def test_no_sentence_stands_in_many_articles() -> None:
    made = [one for one in stories(500, SEED) if one.origin == one.number]
    often = Counter(one for story in made for one in set(re.split(r"(?<=\.) |\n\n", story.body)))
    assert often.most_common(1)[0][1] < 0.06 * len(made)


def test_the_article_stands_on_its_page_whole_and_among_other_lines() -> None:
    for story in stories(20, SEED):
        made = page(story, SEED)
        assert all(paragraph in made.text for paragraph in story.paragraphs)
        assert len(made.text.split("\n")) > len(story.paragraphs) + 15


def test_every_field_has_headlines_leads_and_sentences() -> None:
    known = knowledge()
    assert set(known["share"]) == set(known["fields"])
    assert sum(known["share"].values()) == 100
    assert all(
        field[kind] for field in known["fields"].values() for kind in ("headlines", "leads", "sentences")
    )
