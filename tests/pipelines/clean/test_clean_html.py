"""HTML pages: paragraphs, metadata, and pages that are broken."""

from __future__ import annotations

import pytest

from pipelines.clean import html
from pipelines.clean.html import parse, read_metadata, visible_lines
from pipelines.clean.model import RawDocument
from pipelines.clean.page_tree import drop_link_lists
from pipelines.clean.stage import clean_document

PARAGRAPHS = [
    "The river treaty was signed on Friday in the presence of both prime ministers and many guests.",
    "It had been negotiated for two years, in which three governments fell and the river flooded twice.",
    "Parliament must still approve the text, which opponents call a gift to dams.",
]
LD = (
    '{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline":"River treaty signed",'
    '"datePublished": "2031-10-09T10:00:00Z", "author": [{"@type": "Person", "name": "Jane Roe"}], '
    '"publisher": {"name": "Strelsau Courier"}}]}'
)
PAGE = f"""<!doctype html><html lang="en"><head><title>River treaty signed | Courier</title>
<link rel="canonical" href="https://courier.example/river">
<script type="application/ld+json">{LD}</script><style>p {{color: red}}</style></head>
<body><nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>River treaty signed</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer>All rights reserved by the Courier.</footer></body></html>"""


def test_article_paragraphs_and_fields_come_out() -> None:
    document = clean_document(RawDocument("d1", PAGE, content="html"))
    assert document.body == "\n\n".join(PARAGRAPHS)
    assert (document.title, document.author, document.publisher) == (
        "River treaty signed",
        "Jane Roe",
        "Strelsau Courier",
    )
    assert (document.url, document.site) == ("https://courier.example/river", "courier.example")
    assert (document.published_edtf, document.published_method) == ("2031-10-09", "explicit_meta")
    assert {line.reason for line in document.dropped} == {"title", "outside_article"}


def test_every_visible_line_is_accounted_for() -> None:
    tree = parse(PAGE)
    document = clean_document(RawDocument("d1", PAGE, content="html"))
    assert tree is not None
    dropped = {line.text for line in document.dropped}
    assert all(line in dropped or line in document.body for line in visible_lines(tree))


def test_meta_elements_serve_where_there_is_no_json() -> None:
    tree = parse(
        '<html><head><meta property="og:title" content="A title"><meta name="author" content="J. Roe"></head>'
        '<body><time datetime="2031-10-09">yesterday</time></body></html>'
    )
    assert tree is not None
    assert read_metadata(tree) == {"title": "A title", "author": "J. Roe", "published": "2031-10-09"}


def test_broken_json_is_passed_over() -> None:
    document = clean_document(RawDocument("d1", PAGE.replace('"@graph": [', '"@graph": [[['), content="html"))
    assert document.body == "\n\n".join(PARAGRAPHS)
    assert document.published_edtf is None


def test_scripts_are_no_text() -> None:
    tree = parse("<body><p>One<script>var two;</script> and three</p><style>four</style></body>")
    assert tree is not None
    assert list(visible_lines(tree)) == ["One and three"]


def test_page_without_an_element_is_rejected() -> None:
    document = clean_document(RawDocument("d1", "<!-- nothing -->", content="html"))
    assert document.rejected is not None
    assert document.body == ""


def test_deep_nesting_does_not_break_it() -> None:
    source = "<div>" * 5000 + PARAGRAPHS[0] + "</div>" * 5000
    document = clean_document(RawDocument("d1", f"<body>{source}</body>", content="html"))
    assert document.rejected is None or document.body == ""


def test_lists_of_links_go_and_paragraphs_and_their_links_stay() -> None:
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(6))
    linked = "".join(f'<a href="/{n}">{text}</a> ' for n, text in enumerate(PARAGRAPHS * 2))
    tree = parse(f"<body><ul id=menu>{links}</ul><article>{links}<p>{linked}</p>And a rest.</article></body>")
    assert tree is not None
    drop_link_lists(tree)
    assert tree.get_element_by_id("menu", None) is None
    assert tree.find(".//article") is not None
    assert [line for line in visible_lines(tree) if line.startswith(PARAGRAPHS[0])]


def test_text_behind_a_dropped_list_stays() -> None:
    links = "".join(f"<a>Section {n}</a> " for n in range(6))
    tree = parse(f"<body><p>Before <span>{links}</span> behind.</p></body>")
    assert tree is not None
    drop_link_lists(tree)
    assert list(visible_lines(tree)) == ["Before behind."]


def test_page_of_more_elements_than_any_article_is_read_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_ELEMENTS", 10)
    page = html.read_page(PAGE, None)
    assert page is not None
    assert (page.article, PARAGRAPHS[0] in page.visible) == ([], True)
    assert clean_document(RawDocument("d1", PAGE, content="html")).body == "\n\n".join(PARAGRAPHS)


def test_page_of_half_a_million_tags_is_refused_before_it_is_parsed() -> None:
    document = clean_document(RawDocument("d", "<html><body>" + "<p>a" * 500_000, content="html"))
    assert document.rejected is not None
    assert "tags" in document.rejected
