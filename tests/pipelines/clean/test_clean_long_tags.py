"""Tags that mean harm are taken out before a page is parsed."""

from __future__ import annotations

import pytest

from pipelines.clean.html import read_page
from pipelines.clean.long_tags import MOST_ATTRIBUTES, without_long_tags

ORDINARY = (
    '<p class="a" title="1 > 0">Talks began.</p><script>if (a <b) { x = "c d" }</script><p>They ended.</p>'
)


def attributes(form: str) -> str:
    return " ".join(form.format(number) for number in range(2 * MOST_ATTRIBUTES))


def test_ordinary_pages_stay_as_they_are() -> None:
    assert without_long_tags(ORDINARY) == ORDINARY
    text = "<p>" + "3 < 4, said the envoy. " * 5000
    assert without_long_tags(text) == text


@pytest.mark.parametrize("form", ["a{0}", "a{0}=1", 'a{0}=">"', "a{0}='x y'", "a{0}=<"])
def test_a_tag_with_thousands_of_attributes_is_left_out(form: str) -> None:
    shortened = without_long_tags(f"<p>Before.</p><p {attributes(form)}>After.</p>")
    assert len(shortened) < 200
    page = read_page(f"<html><p>Before.</p><p {attributes(form)}>After.</p>", None)
    assert page is not None
    assert page.visible[0] == "Before."
    assert "After." in page.visible[-1]


def test_a_long_script_keeps_its_end() -> None:
    page = read_page(f"<script>if (a <b) {{ {attributes('v{0}')} }}</script><p>Talks began.</p>", None)
    assert page is not None
    assert page.visible == ["Talks began."]


def test_a_million_nested_tags_do_no_harm() -> None:
    source = "<html><body><p>Talks began.</p>" + "<div>" * 1_000_000 + "deep" + "</div>" * 1_000_000
    assert read_page(source, None) is None
    page = read_page(source.replace("<div>", "", 900_000).replace("</div>", "", 900_000), None)
    assert page is not None
    assert page.visible[:1] in ([], ["Talks began."])
