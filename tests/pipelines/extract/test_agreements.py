"""Agreements: which, of what kind, how far, for when."""

from collections.abc import Callable

import pytest


def found(mentions: Callable, text: str) -> list[tuple[str, str, str, str | None, str | None]]:
    return [
        (one.title, one.kind, one.status, one.period_start, one.period_end)
        for mention in mentions(text)
        for one in mention.agreements
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Peru and Chile signed a customs agreement for 2026.", ("2026-01-01", "2026-12-31")),
        ("Peru and Chile signed a customs agreement for 2026-2028.", ("2026-01-01", "2028-12-31")),
        (
            "Peru and Chile signed a customs agreement for the period from 2026 to 2028.",
            ("2026-01-01", "2028-12-31"),
        ),
        ("Peru and Chile signed a customs agreement until 2030.", (None, "2030-12-31")),
        ("Peru and Chile signed a customs agreement.", (None, None)),
    ],
)
def test_the_period_is_read_from_the_words_behind_the_title(
    mentions: Callable, text: str, period: tuple
) -> None:
    ((*_, start, end),) = found(mentions, text)
    assert (start, end) == period


def test_the_period_of_one_agreement_is_not_the_others(mentions: Callable) -> None:
    first, second = found(
        mentions, "Ghana and Togo signed a joint declaration and a work plan for 2026 in Lome."
    )
    assert first == ("joint declaration", "declaration", "signed", None, None)
    assert second == ("work plan", "plan", "signed", "2026-01-01", "2026-12-31")


def test_every_item_of_a_list_is_an_agreement(mentions: Callable) -> None:
    text = "Ghana and Togo signed a protocol on fisheries, a memorandum on training, and a treaty on extradition."
    assert [kind for _, kind, *_ in found(mentions, text)] == ["protocol", "memorandum", "treaty"]


def test_what_is_only_planned_is_planned(mentions: Callable) -> None:
    assert found(mentions, "Ghana and Togo will sign a treaty on extradition next month.")[0][2] == "planned"


def test_ratified_is_more_than_signed(mentions: Callable) -> None:
    assert (
        found(mentions, "Ghana's parliament ratified the extradition treaty with Togo.")[0][2] == "ratified"
    )


def test_the_period_does_not_date_the_signing(mentions: Callable) -> None:
    (mention,) = mentions("Peru and Chile signed a customs agreement for 2026 on 3 May 2024.")
    assert mention.time and mention.time.edtf == "2024-05-03"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "Chad and Niger signed a memorandum on a draft treaty and a plan of patrols for 2025.",
            ["memorandum on a draft treaty", "draft treaty", "plan of patrols"],
        ),
        (
            "Peru and Chile signed an agreement on work plans for the coast.",
            ["agreement on work plans for the coast"],
        ),
    ],
)
def test_a_title_that_holds_another_agreement_stands_whole_in_the_text(
    mentions: Callable, text: str, titles: list[str]
) -> None:
    agreements = [one for mention in mentions(text) for one in mention.agreements]
    assert [one.text for one in agreements][: len(titles)] == titles
    assert all(one.text == text[one.start : one.end] for one in agreements)
