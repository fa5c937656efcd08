"""The data files say what their readers expect."""

from __future__ import annotations

import re

import pytest

from pipelines.clean.chrome import chrome_book
from pipelines.clean.date_values import month_number
from pipelines.clean.judge import judge
from pipelines.clean.knowledge import DATA, read_csv, read_toml
from pipelines.clean.lines import measure

CHROME = sorted(path.name for path in (DATA / "chrome").glob("*.toml"))


@pytest.mark.parametrize("name", CHROME)
def test_chrome_tables_hold_known_words_only(name: str) -> None:
    for kind in read_toml(f"chrome/{name}")["chrome"]:
        assert set(kind) <= {"reason", "effect", "match", "max_words", "sentences", "phrases"}
        assert re.fullmatch(r"[a-z_]+", kind["reason"])
        assert kind["effect"] in {"line", "list", "end"}
        assert kind["match"] in {"whole", "start", "anywhere"}


def test_phrases_that_match_anywhere_have_more_than_one_word_or_are_limited() -> None:
    for chromes in chrome_book().anywhere.values():
        assert all(" " in chrome.phrase or chrome.max_words for chrome in chromes)


def test_every_month_of_every_language_is_a_month() -> None:
    for row in read_csv("months.csv"):
        assert re.fullmatch(r"[a-z]{2}", row["language"])
        assert all(
            month_number(form, row["language"]) == int(row["month"]) for form in row["forms"].split("|")
        )


@pytest.mark.parametrize(
    "sentence",
    [
        "Ukraine has long wanted to become a member of the alliance, its foreign minister said in Brussels.",
        "Both sides agree to the terms of the ceasefire, according to the mediators from the Gulf.",
        "More on the plan will be known once the two presidents have met in the capital next week.",
        "Watch officers on the frigate reported a collision before midnight, the navy said on Sunday.",
        "Related documents show that the ministry knew of the shipment weeks before it reached the port.",
        "A court in Delaware will hear the complaint of Getty Images against the start-up in May next year.",
        "The army said it would get the latest version of the air defence system before the end of spring.",
        "Comments by the president on the treaty drew a sharp answer from the government in Graustark.",
        "The firm, which is a subsidiary of the state pipeline operator, denied it on Monday.",
    ],
)
def test_sentences_of_a_report_are_no_chrome(sentence: str) -> None:
    assert judge(measure(sentence, 0, 0)) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("12 Comments", "comments"),
        ("LEAVE A REPLY", "comments"),
        ("34 Shares", "share_bar"),
        ("Lesen Sie auch", "related_links"),
        ("Read also: King opens bridge", "related_links"),
        ("1920 1080 true", "numbers_or_symbols"),
        ("en_EN", "machine_remains"),
        ("https://img.example/a/1920x0_80.jpg", "web_address"),
        ("Home > World > Asia", "breadcrumb"),
        ("Start/Presse/Meldungen", "breadcrumb"),
        ("treaty, river, ruritania, prime minister", "tag_list"),
        ("Courier desk@courier.example +1 555 0100 22", "contact"),
        ("© 2031 Strelsau Courier", "copyright"),
        ("All rights reserved.", "copyright"),
        ("We use cookies to make this site better.", "cookies"),
        ("Sign up for our newsletter and never miss a story.", "newsletter"),
        ("by Flavia Elphberg", "byline"),
        ("#treaty #river", "tag_list"),
    ],
)
def test_chrome_is_known_by_wording_or_shape(line: str, reason: str) -> None:
    judged = judge(measure(line, 0, 0))
    assert judged is not None
    assert judged[0] == reason
