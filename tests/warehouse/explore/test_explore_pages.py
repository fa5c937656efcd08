"""Every page answers, shows what it is for, and links to the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.warehouse.explore import register as r
from warehouse import reader
from warehouse.explore.app import application

EVERY_PAGE = [
    "/", "/events", f"/event/{r.VISIT}", f"/event/{r.HOSTILE}", f"/article/{r.ARTICLE}", f"/article/{r.EVIL_ARTICLE}",
    "/actors", f"/actor/{r.ANA}", f"/actor/{r.EVIL}", f"/actor/{r.NORWAY}", "/agreements", f"/agreement/{r.PACT}",
    "/quality",
]  # fmt: skip


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_answers_with_one_heading_and_landmarks(pages: TestClient, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert all(
        part in answer.text for part in ("<main id=", "<nav aria-label", 'class="skip"', '<html lang="en">')
    )


def test_the_overview_shows_counts_chart_map_pairs_and_agreements(pages: TestClient) -> None:
    text = pages.get("/").text
    assert "<strong>64</strong> events" in text
    assert '<rect class="f3"' in text and '<rect class="f1"' in text
    assert "Oslo, Norway: 1 events, 0 of conflict" in text
    assert "Chile" in text and "of cooperation, 0 of conflict" in text
    assert f"/agreement/{r.PACT}" in text


def test_the_event_page_shows_every_mention_with_its_marked_sentence(pages: TestClient) -> None:
    text = pages.get(f"/event/{r.VISIT}").text
    assert text.count('<li class="mention"') == 2
    assert '<mark class="m-trigger " title="what happened">met</mark>' in text
    assert '<mark class="m-actor " title="who: Minister Ana Berg">Minister Ana Berg</mark>' in text
    assert (
        '<mark class="m-recipient " title="to or with whom: envoys of Chile">envoys of Chile</mark>' in text
    )
    assert '<mark class="m-place " title="where: Oslo">Oslo</mark>' in text
    assert '<mark class="m-date " title="when: 2024-05-05">5 May 2024</mark>' in text


def test_the_event_page_says_why_a_mention_was_joined(pages: TestClient) -> None:
    text = pages.get(f"/event/{r.VISIT}").text
    assert "Founds the event" in text
    assert "Merged although the reports disagree" in text and "60 % sure" in text
    assert f'<a href="#m-{r.an_id("mention", "visit")}">mention 1</a>' in text


def test_a_source_is_linked_only_on_the_web(pages: TestClient) -> None:
    text = pages.get(f"/event/{r.VISIT}").text
    assert 'href="https://fjord.example/oslo?a=1&amp;b=2" rel="noreferrer noopener nofollow"' in text
    assert 'href="javascript:' not in text
    assert "address that is not linked" in text


def test_plan_and_what_became_of_it_are_linked_both_ways(pages: TestClient) -> None:
    assert f'Took place as: <a href="/event/{r.HELD}">' in pages.get(f"/event/{r.PLAN}").text
    assert f'Had been announced: <a href="/event/{r.PLAN}">' in pages.get(f"/event/{r.HELD}").text


def test_the_article_shows_its_text_with_every_mention_marked(pages: TestClient) -> None:
    text = pages.get(f"/article/{r.ARTICLE}").text
    assert 'class="m-trigger' in text and 'class="m-actor' in text
    assert '<a href="#e-1" aria-label="Event 1">1</a>' in text
    assert f'<li id="e-1"><a href="/event/{r.VISIT}">' in text or f'/event/{r.VISIT}">' in text


def test_the_actor_page_shows_names_offices_and_partners_by_year(pages: TestClient) -> None:
    text = pages.get(f"/actor/{r.ANA}").text
    assert "Minister of Trade" in text and f'href="/actor/{r.EVIL}"' in text
    assert 'class="n heat-cooperation h4">1</td>' in text
    assert "initial" in text


def test_the_agreement_page_shows_its_history(pages: TestClient) -> None:
    text = pages.get(f"/agreement/{r.PACT}").text
    assert "Signed" in text and "5 May 2024" in text and f'href="/article/{r.ARTICLE}#s-0"' in text
    assert f'href="/event/{r.VISIT}"' in text


def test_the_quality_page_shows_checks_runs_inputs_and_quarantine(pages: TestClient) -> None:
    text = pages.get("/quality").text
    assert all(
        word in text for word in ("has_a_language", "published", "rejected", "empty", "No text", "spring")
    )


@pytest.mark.parametrize(
    "address", ["/event/none", "/article/none", "/actor/none", "/agreement/none", "/nowhere"]
)
def test_what_is_not_there_is_said_politely(pages: TestClient, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == 404
    assert "No such" in answer.text


def test_nothing_published_is_told_before_the_first_page(tmp_path: Path) -> None:
    with pytest.raises(reader.NotPublishedError):
        application(tmp_path / "communique.duckdb")


def test_the_first_page_can_be_worked_out_ahead(published: Path, pages: TestClient) -> None:
    pages.app.state.overview.work_out()  # type: ignore[attr-defined]
    assert pages.get("/").text == pages.get("/?").text


def test_names_complete_what_is_typed(pages: TestClient) -> None:
    assert pages.get("/suggest", params={"q": "ana b"}).json() == ["Ana Berg"]
    assert pages.get("/suggest").json() == []


def test_the_ground_of_the_map_is_an_image_of_many_dots(pages: TestClient) -> None:
    answer = pages.get("/world.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.count("h0") > 2_000
