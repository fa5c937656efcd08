"""Filters choose what they say, are permalinks, and refuse what cannot be."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from tests.warehouse.explore import register as r
from warehouse.explore.filters import Filter, FilterError, read_filter

ALL = r.FILLERS + 4


def total(pages: TestClient, query: str) -> int:
    answer = pages.get(f"/events?{query}")
    assert answer.status_code == 200, answer.text
    found = re.search(r'role="status">(?:No event fits|[\d,]+–[\d,]+ of ([\d,]+))', answer.text)
    assert found is not None
    return int((found[1] or "0").replace(",", ""))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("country=NOR", ALL - 1),
        ("country=chl", 4),
        ("country=NOR&country=CHL", 3),
        ("country=USA", 0),
        (f"actor={r.ANA}", 1),
        (f"actor={r.NORWAY}&actor={r.CHILE}", 3),
        ("who=ana+berg", 1),
        ("who=O%27Neill", 1),
        ("type=CONSULT", 1),
        ("type=CONSULT&type=ASSAULT", 2),
        ("quad=3", r.FILLERS),
        ("status=planned", 1),
        ("since=2024-01-01", 3),
        ("until=2023-01-10", 10),
        ("since=2023-02-01&until=2023-02-05", 5),
        (f"place={r.OSLO}", 1),
        ("q=quarrelled", 2),
        ("q=QUARRELLED+norway", 2),
        ("q=quarrelled+zebra", 0),
        ("q=%25", 0),
        ("q=_", 0),
        ("country=NOR&type=PROTEST&since=2023-02-01&q=envoys&status=occurred", 29),
    ],
)
def test_a_filter_lets_through_what_it_says(pages: TestClient, query: str, expected: int) -> None:
    assert total(pages, query) == expected


@pytest.mark.parametrize(
    "query", ["country=NOR&country=CHL", "type=PROTEST&since=2023-02-01", "q=met", "who=ana"]
)
def test_overview_and_list_count_the_same(pages: TestClient, query: str) -> None:
    number = total(pages, query)
    assert f"<strong>{number}</strong> events" in pages.get(f"/?{query}").text


@pytest.mark.parametrize(
    "query",
    [
        "type=NOPE", "quad=5", "status=maybe", "since=yesterday", "until=2024-13-01", "since=2024-02-01&until=2024-01-01",
        "page=0", "page=x", "page=99999999999", "page=1000", "order=drop", "q=" + "a" * 201, "who=" + "b" * 201,
        "&".join(f"country={n:03}" for n in range(30)), "actor=" + "c" * 300,
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_one_line(pages: TestClient, query: str) -> None:
    answer = pages.get(f"/events?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_leafing_through_shows_every_event_once(pages: TestClient) -> None:
    seen: list[str] = []
    for number in (1, 2, 3):
        text = pages.get(f"/events?page={number}").text
        seen += re.findall(r'<h3><a href="/event/(\w+)">', text)
        assert f'href="/events?page={number}" aria-current="page"' in text
    assert len(seen) == len(set(seen)) == ALL


@pytest.mark.parametrize("order", ["newest", "oldest", "reported", "surest"])
def test_orders_show_the_same_events(pages: TestClient, order: str) -> None:
    assert total(pages, f"order={order}") == ALL


def test_oldest_first_begins_with_the_oldest(pages: TestClient) -> None:
    assert pages.get("/events?order=oldest").text.index(r.RAID) < 30_000
    assert r.RAID not in pages.get("/events").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=ana", "1–1 of 1"),
        ("kind=country", "1–2 of 2"),
        ("country=CHL", "1–2 of 2"),
        ("name=zz", "Nobody fits"),
    ],
)
def test_actors_are_filtered(pages: TestClient, query: str, expected: str) -> None:
    assert expected in pages.get(f"/actors?{query}").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title=fish", "1–1 of 1"), ("country=NOR", "1–1 of 1"), ("status=signed", "1–1 of 1"),
        ("status=planned", "No agreement fits"), ("country=USA", "No agreement fits"),
    ],
)  # fmt: skip
def test_agreements_are_filtered(pages: TestClient, query: str, expected: str) -> None:
    assert expected in pages.get(f"/agreements?{query}").text


def test_each_chosen_thing_can_be_taken_out(pages: TestClient) -> None:
    text = pages.get("/events?country=NOR&q=met").text
    assert 'href="/events?q=met"' in text
    assert 'href="/events?country=NOR"' in text


_WORD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)


@given(
    st.builds(
        Filter,
        country=st.lists(st.sampled_from(["NOR", "CHL", "FRA"]), unique=True, max_size=3).map(tuple),
        actor=st.lists(_WORD, unique=True, max_size=2).map(tuple),
        who=_WORD,
        quad=st.sampled_from([(), ("1",), ("1", "3")]),
        since=st.none() | st.dates(date(1900, 1, 1), date(2000, 1, 1)),
        until=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        q=_WORD,
    )
)
def test_a_filter_is_its_own_address(wanted: Filter) -> None:
    assert read_filter(QueryParams(wanted.query())) == wanted


@given(st.text(max_size=100))
def test_any_query_string_is_read_or_refused(text: str) -> None:
    try:
        wanted = read_filter(QueryParams(text))
    except FilterError as error:
        assert "\n" not in str(error)
    else:
        condition, values = wanted.where()
        assert condition.count("?") == len(values)
