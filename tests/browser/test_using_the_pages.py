"""What a person does with the pages: filter, leaf, follow, download, use the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, visit_in
from tests.warehouse.explore import register as r

pytestmark = pytest.mark.browser


def test_a_filter_makes_a_short_address_that_can_be_kept(visit: Visit) -> None:
    page = visit.go("/events")
    page.get_by_label("Country", exact=True).select_option("NOR")
    page.get_by_label("and country").select_option("CHL")
    page.get_by_label("Words in the sentence").fill("envoys")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("1–3 of 3")
    assert page.url == f"{visit.base}/events?country=NOR&country=CHL&q=envoys"
    again = visit.go(page.url.removeprefix(visit.base))
    expect(again.get_by_label("and country")).to_have_value("CHL")
    expect(again.get_by_role("status")).to_contain_text("of 3")


def test_every_field_of_the_form_is_in_the_address(visit: Visit) -> None:
    page = visit.go("/events")
    page.get_by_text("Types and status").click()
    page.get_by_label("Protest").check()
    page.get_by_label("Verbal conflict").check()
    page.get_by_label("Occurred").check()
    page.get_by_label("Who").fill("norway")
    page.get_by_label("From").fill("2023-01-05")
    page.get_by_label("To", exact=True).fill("2023-01-09")
    page.get_by_label("Order").select_option("oldest")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("1–5 of 5")
    for part in (
        "type=PROTEST",
        "quad=3",
        "status=occurred",
        "who=norway",
        "since=2023-01-05",
        "order=oldest",
    ):
        assert part in page.url


def test_a_chosen_thing_is_taken_out_by_its_chip(visit: Visit) -> None:
    page = visit.go("/events?country=NOR&type=CONSULT")
    page.get_by_role("link", name=re.compile("type Talks")).click()
    assert page.url == f"{visit.base}/events?country=NOR"


def test_leafing_keeps_the_filter(visit: Visit) -> None:
    page = visit.go("/events?type=PROTEST")
    page.get_by_role("link", name="Page 2").click()
    expect(page.get_by_role("status")).to_contain_text("26–50 of 60")
    assert "type=PROTEST" in page.url


def test_from_the_chart_to_the_events_behind_it(visit: Visit) -> None:
    page = visit.go("/")
    page.locator("svg.bars a").first.click()
    page.wait_for_url("**/events?since=2023-01-*")
    expect(page.get_by_role("heading", name="Events", exact=True)).to_be_visible()


def test_from_an_event_to_its_article_and_back(visit: Visit) -> None:
    page = visit.go(f"/event/{r.VISIT}")
    expect(page.locator("blockquote mark.m-date").first).to_contain_text("2024")
    page.get_by_role("link", name="Envoys meet in Oslo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Envoys meet in Oslo")
    page.locator("ol.notes a").first.click()
    assert "/event/" in page.url


def test_the_map_can_be_zoomed(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_role("button", name="Zoom in").click()
    assert page.locator("svg[data-map]").get_attribute("viewBox") != "0 0 360 138"
    page.get_by_role("button", name="Whole world").click()
    assert page.locator("svg[data-map]").get_attribute("viewBox") == "0 0 360 138"


def test_the_first_tab_leads_past_the_head(visit: Visit) -> None:
    page = visit.go("/events")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_keys_alone_open_an_event_and_focus_is_always_seen(visit: Visit) -> None:
    page = visit.go("/events?type=CONSULT")
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if "/event/" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/event/{r.VISIT}")


@pytest.mark.parametrize(("kind", "begins"), [("CSV", b"event_id,"), ("Parquet", b"PAR1")])
def test_what_is_seen_can_be_downloaded(visit: Visit, kind: str, begins: bytes) -> None:
    page = visit.go("/events?type=CONSULT")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=kind).click()
    assert waiting.value.suggested_filename == f"communique-events.{kind.lower()}"
    assert Path(waiting.value.path()).read_bytes().startswith(begins)


def test_a_script_in_an_article_is_only_read(visit: Visit) -> None:
    for address in (
        f"/article/{r.EVIL_ARTICLE}",
        f"/event/{r.HOSTILE}",
        f"/actor/{r.EVIL}",
        f"/agreement/{r.PACT}",
    ):
        page = visit.go(address)
        expect(page.locator("main")).to_contain_text("<script>document.title = 'taken over'</script>")
        assert page.title().endswith("· Communique")
    assert visit.complaints == []
    assert visit.outside == []


def test_the_theme_stays_as_chosen(visit: Visit) -> None:
    page = visit.go("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_role("button", name="Dark colours").click()
    after = page.evaluate(ground)
    assert after != before
    page = visit.go("/events")
    assert page.evaluate(ground) == after
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")


def test_names_are_completed_while_typing(visit: Visit) -> None:
    page = visit.go("/events")
    page.get_by_label("Who").press_sequentially("ana")
    expect(page.locator("datalist#names option")).to_have_attribute("value", "Ana Berg")


def test_everything_works_without_scripts(browser: Browser, base: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        visit = visit_in(context, base)
        page = visit.go("/events")
        page.get_by_text("Filter", exact=True).click()
        page.get_by_label("Country", exact=True).select_option("CHL")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("1–4 of 4")
        page = visit.go("/")
        expect(page.locator("svg.bars rect.f3").first).to_be_visible()
        expect(page.get_by_role("button", name="Dark colours")).to_have_count(0)
