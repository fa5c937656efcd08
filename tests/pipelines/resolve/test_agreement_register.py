"""The register of agreements: what is one agreement, across texts, and how it came about."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from pipelines.resolve.agreements import content_words

PERU_CHILE = (("Peru", "PER"), ("Chile", "CHL"))


def tell(
    register: Any,
    document: str,
    title: str,
    *who: tuple[str, str | None],
    kind: str = "plan",
    status: str = "signed",
    on: date | None = date(2024, 5, 1),
    years: tuple[int, int] | None = None,
    **more: Any,
) -> str:
    """A mention that speaks of an agreement, in a document of that name."""
    known = {row["source_uri"]: row["document_id"] for row in register.rows["documents"]}
    document_id = known.get(document) or register.document(document)
    mention = register.mention(
        document_id, "SUPPORT", *(who or PERU_CHILE), on=on, agreements=(title,), **more
    )
    register.rows["agreement_mentions"][-1] |= {
        "kind": kind,
        "status": status,
        "period_start": date(years[0], 1, 1) if years else None,
        "period_end": date(years[1], 12, 31) if years else None,
    }
    return mention


def agreements_of(register: Any) -> list[dict[str, Any]]:
    return register.resolve()["agreements"].to_pylist()


def test_the_plan_is_the_plan_that_the_article_spoke_of(register: Any) -> None:
    tell(register, "a", "military cooperation plan", years=(2025, 2027))
    tell(register, "a", "work plan", ("Peru", "PER"), years=(2025, 2027))
    tell(register, "a", "plan", on=None)
    (agreement,) = agreements_of(register)
    assert agreement["title"] == "military cooperation plan (also: work plan)"
    assert agreement["mention_count"] == 3
    assert agreement["party_countries"] == "CHL;PER"


def test_what_could_be_either_of_two_is_neither(register: Any) -> None:
    tell(register, "a", "plan of consultations")
    tell(register, "a", "plan of joint exercises")
    tell(register, "a", "plan", on=None)
    assert len(agreements_of(register)) == 3


def test_papers_call_one_plan_differently(register: Any) -> None:
    tell(register, "a", "bilateral military cooperation plan", years=(2025, 2025))
    tell(register, "b", "cooperation plan", years=(2025, 2025), on=date(2024, 5, 2))
    tell(register, "c", "programme of military cooperation", kind="programme", years=(2025, 2025), on=None)
    (agreement,) = agreements_of(register)
    assert (agreement["kind"], agreement["document_count"]) == ("plan", 3)


@pytest.mark.parametrize(
    "other",
    [
        {"years": (2026, 2026)},
        {"years": (2025, 2025), "title": "plan of cultural exchange"},
        {"years": (2025, 2025), "who": (("Peru", "PER"), ("Bolivia", "BOL"))},
        {"years": (2025, 2025), "kind": "memorandum"},
        {"years": (2025, 2025), "on": date(2024, 9, 1)},
    ],
)
def test_another_period_subject_party_kind_or_day_is_another_agreement(
    register: Any, other: dict[str, Any]
) -> None:
    tell(register, "a", "military cooperation plan", years=(2025, 2025))
    title, who = other.pop("title", "military cooperation plan"), other.pop("who", PERU_CHILE)
    tell(register, "b", title, *who, **other)
    assert len(agreements_of(register)) == 2


def test_a_bare_agreement_of_two_papers_needs_a_day_in_common(register: Any) -> None:
    tell(register, "a", "agreement", kind="agreement", on=None)
    tell(register, "b", "agreement", kind="agreement", on=None)
    assert len(agreements_of(register)) == 2
    tell(register, "c", "deal", kind="deal")
    tell(register, "d", "agreement", kind="agreement")
    assert len(agreements_of(register)) == 3


def history_of(register: Any) -> list[tuple[Any, ...]]:
    rows = register.resolve()["agreement_history"].to_pylist()
    return [(row["step"], row["status"], row["status_start"], row["mention_count"]) for row in rows]


def test_a_treaty_has_a_history(register: Any) -> None:
    title = "extradition treaty"
    tell(register, "a", title, kind="treaty", status="planned", on=date(2020, 3, 1))
    tell(register, "b", title, kind="treaty", on=date(2020, 5, 4))
    tell(register, "c", title, kind="treaty", on=date(2020, 5, 4))
    tell(register, "d", title, kind="treaty", status="ratified", on=date(2021, 1, 9))
    tell(register, "e", title, kind="treaty", status="terminated", on=date(2024, 2, 2))
    (agreement,) = agreements_of(register)
    assert (agreement["status"], agreement["signed_on"]) == ("terminated", date(2020, 5, 4))
    assert history_of(register) == [
        (1, "planned", date(2020, 3, 1), 1),
        (2, "signed", date(2020, 5, 4), 2),
        (3, "ratified", date(2021, 1, 9), 1),
        (4, "terminated", date(2024, 2, 2), 1),
    ]


def test_a_vaguer_date_is_no_step_of_its_own(register: Any) -> None:
    month = {"event_start": date(2024, 5, 1), "event_end": date(2024, 5, 31), "event_edtf": "2024-05"}
    tell(register, "a", "fisheries agreement", kind="agreement", on=date(2024, 5, 14))
    tell(register, "b", "fisheries agreement", kind="agreement", on=None, **month)
    tell(register, "c", "fisheries agreement", kind="agreement", on=None)
    assert history_of(register) == [(1, "signed", date(2024, 5, 14), 3)]


def test_who_criticises_an_agreement_is_no_party(register: Any) -> None:
    tell(register, "a", "fisheries agreement", kind="agreement")
    tell(
        register,
        "a",
        "agreement",
        ("Bolivia", "BOL"),
        ("Peru", "PER"),
        ("Chile", "CHL"),
        kind="agreement",
        status="proposed",
    )
    tables = register.resolve()
    (agreement,) = tables["agreements"].to_pylist()
    assert (agreement["party_countries"], agreement["status"]) == ("CHL;PER", "signed")
    assert {row["country"] for row in tables["agreement_parties"].to_pylist()} == {"PER", "CHL"}
    assert [row["status"] for row in tables["agreement_history"].to_pylist()] == ["signed"]


def test_a_further_report_keeps_the_id(register: Any) -> None:
    tell(register, "a", "extradition treaty", kind="treaty", status="planned", on=date(2020, 3, 1))
    (before,) = agreements_of(register)
    tell(register, "b", "bilateral extradition treaty", kind="treaty", on=date(2020, 5, 4))
    (after,) = agreements_of(register)
    assert before["agreement_id"] == after["agreement_id"]


def test_the_order_of_documents_changes_nothing(register: Any) -> None:
    tell(register, "a", "military cooperation plan", years=(2025, 2025))
    tell(register, "b", "plan", years=(2025, 2025), on=None)
    tell(register, "c", "plan of cultural exchange", years=(2025, 2025))
    tell(register, "d", "cooperation plan", on=date(2024, 5, 2))
    rows = register.rows["agreement_mentions"]
    results = set()
    for order in permutations(rows):
        register.rows["agreement_mentions"] = list(order)
        results.add(str(register.resolve()["mention_agreements"].to_pylist()))
    assert len(results) == 1


def test_words_that_every_title_has_tell_nothing_apart() -> None:
    assert content_words("the bilateral plan of consultations") == content_words("Consultation Plan")
    assert content_words("work plan") == frozenset()
