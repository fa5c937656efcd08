"""Which mentions are one event and which are not, and what the evidence says about it."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.resolve.events import Group, group, tree

PERU, CHILE, BRAZIL = ("Peru", "PER"), ("Chile", "CHL"), ("Brazil", "BRA")
ROJAS, SOTO, VEGA, LUNA = (
    ("Ana Rojas", "PER"),
    ("Luis Soto", "CHL"),
    ("Rosa Vega", "PER"),
    ("Juan Luna", "CHL"),
)
LIMA = {
    "place_id": "1", "place_name": "Lima", "place_country": "PER", "place_admin1": "15",
    "latitude": -12.0, "longitude": -77.0, "place_method": "stated",
}  # fmt: skip
CUSCO = LIMA | {
    "place_id": "2",
    "place_name": "Cusco",
    "place_admin1": "08",
    "latitude": -13.5,
    "longitude": -72.0,
}
IN_PERU = LIMA | {"place_id": "3", "place_name": "Peru", "place_admin1": None, "place_population": 30_000_000}
MAY = {"event_end": date(2024, 5, 31), "event_edtf": "2024-05", "date_precision": "month"}
UNDATED = {"date_method": "none", "date_precision": "none"}
VISIT = {"cameo_code": "042"}
THANKS = {"cameo_code": "051", "cameo_root": "05"}
SIGNING = {"cameo_code": "057", "cameo_root": "05"}


def event_of(tables: dict[str, pa.Table], mention: str) -> str:
    return str(evidence_of(tables, mention)["event_id"])


def evidence_of(tables: dict[str, pa.Table], mention: str) -> dict[str, object]:
    (row,) = [row for row in tables["event_evidence"].to_pylist() if row["mention_id"] == mention]
    return dict(row)


def are_one(register, *mentions: str) -> bool:
    tables = register.resolve()
    return len({event_of(tables, mention) for mention in mentions}) == 1


@pytest.fixture
def papers(register) -> list[str]:
    return [register.document(f"paper {n}", on=date(2024, 5, 2)) for n in range(4)]


def test_a_day_inside_the_stated_month_fits(register, papers) -> None:
    exact = register.mention(papers[0], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 9))
    month = register.mention(papers[1], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 1), **MAY)
    assert are_one(register, exact, month)


def test_a_month_in_which_two_such_events_were_tells_of_neither(register, papers) -> None:
    first = register.mention(papers[0], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 9))
    second = register.mention(papers[1], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 23))
    month = register.mention(papers[2], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 1), **MAY)
    tables = register.resolve()
    assert len({event_of(tables, mention) for mention in (first, second, month)}) == 3


def test_reports_that_differ_by_a_day_are_merged_where_the_place_agrees(register, papers) -> None:
    here = register.mention(papers[0], "CONSULT", PERU, CHILE, **LIMA)
    later = register.mention(papers[1], "CONSULT", PERU, CHILE, on=date(2024, 5, 2), **LIMA)
    tables = register.resolve()
    assert event_of(tables, here) == event_of(tables, later)
    rules = {evidence_of(tables, mention)["rule"] for mention in (here, later)}
    assert rules == {"first report", "conflicting reports"}


def test_reports_that_differ_by_a_day_and_agree_in_nothing_but_countries_stay_apart(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", PERU, CHILE, trigger="met")
    other = register.mention(papers[1], "CONSULT", PERU, CHILE, on=date(2024, 5, 2), trigger="spoke")
    assert not are_one(register, one, other)


def test_daily_events_do_not_run_into_each_other(register) -> None:
    for day in range(1, 21):
        paper = register.document(f"paper of day {day}")
        register.mention(paper, "CONSULT", ROJAS, SOTO, on=date(2024, 5, day), **LIMA)
    events = register.resolve()["events"].to_pylist()
    assert 10 <= len(events) <= 20
    assert max(event["mention_count"] for event in events) <= 2


def test_most_articles_decide_the_day(register, papers) -> None:
    for paper, day in zip(papers[:3], (1, 2, 1), strict=True):
        register.mention(paper, "CONSULT", ROJAS, SOTO, on=date(2024, 5, day), **LIMA)
    (event,) = register.resolve()["events"].to_pylist()
    assert event["event_start"] == date(2024, 5, 1)


def test_a_country_fits_a_town_in_it_and_another_town_does_not(register, papers) -> None:
    lima = register.mention(papers[0], "ASSAULT", PERU, CHILE, **LIMA)
    peru = register.mention(papers[1], "ASSAULT", PERU, CHILE, **IN_PERU)
    assert are_one(register, lima, peru)
    cusco = register.mention(papers[2], "ASSAULT", PERU, CHILE, **CUSCO)
    assert not are_one(register, lima, cusco)


def test_other_ministers_on_the_same_day_in_the_same_place_are_conflicting_reports(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", ROJAS, SOTO, **LIMA)
    other = register.mention(papers[1], "CONSULT", VEGA, LUNA, **LIMA)
    assert are_one(register, one, other)


def test_other_ministers_in_one_article_are_another_event(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", ROJAS, SOTO, **LIMA)
    other = register.mention(papers[0], "CONSULT", VEGA, LUNA, **LIMA)
    assert not are_one(register, one, other)


def test_what_is_told_in_addition_is_another_event(register, papers) -> None:
    one = register.mention(papers[0], "SUPPORT", PERU, CHILE, **SIGNING)
    other = register.mention(
        papers[0], "SUPPORT", PERU, CHILE, sentence="In addition, both signed a protocol.", **SIGNING
    )
    assert not are_one(register, one, other)


def test_what_one_article_tells_apart_no_third_report_joins(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", ROJAS, SOTO, **LIMA)
    other = register.mention(papers[0], "CONSULT", VEGA, LUNA, **LIMA)
    register.mention(papers[1], "CONSULT", PERU, CHILE, **LIMA)
    assert not are_one(register, one, other)


def test_visits_and_meetings_are_one_sort_of_act_and_calls_another(register, papers) -> None:
    met = register.mention(papers[0], "CONSULT", ROJAS, SOTO)
    visited = register.mention(papers[1], "CONSULT", ROJAS, SOTO, **VISIT)
    called = register.mention(papers[2], "CONSULT", ROJAS, SOTO, cameo_code="041")
    assert are_one(register, met, visited)
    assert not are_one(register, met, called)


def test_thanks_given_are_not_thanks_received(register, papers) -> None:
    one = register.mention(papers[0], "SUPPORT", ROJAS, to=[SOTO], **THANKS)
    other = register.mention(papers[0], "SUPPORT", SOTO, to=[ROJAS], **THANKS)
    assert not are_one(register, one, other)


def test_who_signs_first_does_not_matter(register, papers) -> None:
    one = register.mention(papers[0], "SUPPORT", ROJAS, to=[SOTO], **SIGNING)
    other = register.mention(papers[1], "SUPPORT", SOTO, to=[ROJAS], **SIGNING)
    assert are_one(register, one, other)


def test_a_denied_event_is_no_report_of_one_that_happened(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", ROJAS, SOTO)
    other = register.mention(papers[1], "CONSULT", ROJAS, SOTO, status="denied")
    assert not are_one(register, one, other)


def test_other_countries_are_another_event(register, papers) -> None:
    one = register.mention(papers[0], "CONSULT", ROJAS, SOTO, **LIMA)
    other = register.mention(papers[1], "CONSULT", ROJAS, BRAZIL, **LIMA)
    assert not are_one(register, one, other)


def test_no_date_fits_inside_an_article_only(register, papers) -> None:
    dated = register.mention(papers[0], "CONSULT", ROJAS, SOTO)
    undated = register.mention(papers[0], "CONSULT", ROJAS, SOTO, on=None, **UNDATED)
    elsewhere = register.mention(papers[1], "CONSULT", ROJAS, SOTO, on=None, **UNDATED)
    assert are_one(register, dated, undated)
    assert not are_one(register, dated, elsewhere)


def test_no_date_fits_where_the_agreement_is_the_same(register, papers) -> None:
    dated = register.mention(papers[0], "SUPPORT", PERU, CHILE, agreements=["border treaty"], **SIGNING)
    undated = register.mention(
        papers[1], "SUPPORT", PERU, CHILE, on=None, agreements=["border treaty"], **SIGNING, **UNDATED
    )
    assert are_one(register, dated, undated)


def test_a_day_without_a_year_fits_the_same_day_of_a_year(register, papers) -> None:
    dated = register.mention(papers[0], "CONSULT", ROJAS, SOTO, on=date(2024, 5, 9))
    same = register.mention(papers[1], "CONSULT", ROJAS, SOTO, on=None, event_edtf="XXXX-05-09")
    other = register.mention(papers[2], "CONSULT", ROJAS, SOTO, on=None, event_edtf="XXXX-05-19")
    assert are_one(register, dated, same)
    assert not are_one(register, dated, other)


def test_the_same_sentence_in_two_papers_tells_of_one_event(register, papers) -> None:
    words = "Envoys of the two neighbours sat down together at the old customs house"
    one = register.mention(papers[0], "CONSULT", ROJAS, sentence=words, on=date(2024, 5, 1))
    other = register.mention(papers[1], "CONSULT", ROJAS, CHILE, sentence=words, on=date(2024, 5, 2))
    tables = register.resolve()
    assert event_of(tables, one) == event_of(tables, other)
    assert "copy" in {evidence_of(tables, mention)["rule"] for mention in (one, other)}


def test_every_mention_has_one_row_of_evidence_that_leads_to_the_first_report(register, papers) -> None:
    for paper, day in zip(papers, (1, 2, 1, 1), strict=True):
        register.mention(paper, "CONSULT", ROJAS, SOTO, on=date(2024, 5, day), **LIMA)
        register.mention(paper, "SUPPORT", PERU, CHILE, on=None, **SIGNING, **UNDATED)
    tables = register.resolve()
    rows = {row["mention_id"]: row for row in tables["event_evidence"].to_pylist()}
    links = tables["mention_events"].to_pylist()
    assert {link["mention_id"]: link["event_id"] for link in links} == {
        mention: row["event_id"] for mention, row in rows.items()
    }
    for mention in rows:
        seen = {mention}
        while (above := rows[mention]["joined_to_mention_id"]) is not None:
            assert above not in seen
            assert rows[above]["event_id"] == rows[mention]["event_id"]
            seen.add(above)
            mention = above
        assert rows[mention]["rule"] == "first report"


def test_the_events_id_stays_when_further_reports_come(register) -> None:
    first = register.mention(register.document("first", on=date(2024, 5, 2)), "CONSULT", PERU, CHILE, **LIMA)
    before = event_of(register.resolve(), first)
    for paper, published, day, where in (
        ("later", date(2024, 5, 3), 2, LIMA),
        ("same day", date(2024, 5, 2), 1, IN_PERU),
        ("undated", None, 1, LIMA),
    ):
        register.mention(
            register.document(paper, on=published), "CONSULT", ROJAS, SOTO, on=date(2024, 5, day), **where
        )
    tables = register.resolve()
    assert event_of(tables, first) == before
    assert tables["events"].num_rows == 1


def test_a_later_lookalike_takes_no_id_away(register) -> None:
    lima = register.mention(register.document("a", on=date(2024, 5, 2)), "ASSAULT", PERU, CHILE, **LIMA)
    before = event_of(register.resolve(), lima)
    cusco = register.mention(register.document("b", on=date(2024, 5, 3)), "ASSAULT", PERU, CHILE, **CUSCO)
    tables = register.resolve()
    assert event_of(tables, lima) == before != event_of(tables, cusco)


def test_a_planned_event_is_linked_with_its_fulfilment(register) -> None:
    plan = {"status": "planned", "cameo_code": "036", "cameo_root": "03"}
    planned = register.mention(
        register.document("early", on=date(2024, 4, 2)), "AGREE", ROJAS, SOTO, on=date(2024, 5, 9), **plan
    )
    other = register.mention(
        register.document("early too", on=date(2024, 4, 2)),
        "AGREE",
        ROJAS,
        BRAZIL,
        on=date(2024, 5, 9),
        **plan,
    )
    held = register.mention(
        register.document("late", on=date(2024, 5, 10)), "CONSULT", ROJAS, SOTO, on=date(2024, 5, 9)
    )
    tables = register.resolve()
    links = {row["event_id"]: row["planned_event_id"] for row in tables["events"].to_pylist()}
    assert links[event_of(tables, held)] == event_of(tables, planned)
    assert links[event_of(tables, planned)] is None
    assert links[event_of(tables, other)] is None


def test_a_plan_told_of_after_the_act_is_none_of_its_own(register) -> None:
    plan = {"status": "planned", "cameo_code": "036", "cameo_root": "03", "date_method": "none"}
    register.mention(register.document("late", on=date(2024, 5, 20)), "AGREE", ROJAS, SOTO, on=None, **plan)
    register.mention(
        register.document("early", on=date(2024, 5, 10)), "CONSULT", ROJAS, SOTO, on=date(2024, 5, 9)
    )
    assert {row["planned_event_id"] for row in register.resolve()["events"].to_pylist()} == {None}


def alone(reading: int, day: int | None = 0, apart: set[int] | None = None, loose: bool = False) -> Group:
    return Group([reading], frozenset({"PER", "CHL"}), "talks", None, None, day, day, loose, apart or set())


def test_the_better_join_is_made_where_both_cannot_be() -> None:
    groups = {1: alone(1, 0), 2: alone(2, 1), 3: alone(3, 2)}
    assert group(groups, [(2, 3, 6.0, False), (1, 2, 5.0, False)]) == [(2, 3)]


def test_a_tree_hangs_on_the_first_report() -> None:
    assert list(tree([(2, 3), (1, 3), (7, 9)])) == [(1, 1, 1), (1, 3, 1), (1, 2, 3), (7, 7, 7), (7, 9, 7)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 6), min_size=2, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(4, 9)), max_size=30),
)
def test_no_event_spans_more_than_two_days_however_reports_chain(days, pairs) -> None:
    groups = {number: alone(number, day) for number, day in enumerate(days)}
    joins = sorted(
        {(min(a, b), max(a, b), points, False) for a, b, points in pairs if a != b and max(a, b) < len(days)},
        key=lambda join: (-join[2], join),
    )
    together: dict[int, list[int]] = {}
    for founder, reading, _ in tree(group(groups, joins)):
        together.setdefault(founder, []).append(days[reading])
    assert all(max(found) - min(found) <= 1 for found in together.values())
