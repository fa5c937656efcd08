"""RSS and Atom: entries and their fields, feeds in disorder, and feeds that mean harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archived import rss
from hypothesis import given, settings
from hypothesis import strategies as st
from ingested import Ingested, ingest_all

from pipelines.ingest.readers.feed import _mended
from pipelines.ingest.stage import discover

Read = Callable[..., Ingested]
BESIDE = ("url", "title", "author", "publisher", "published")


def test_an_rss_item_has_its_fields(read: Read) -> None:
    item = (
        "<title>Ferry talks &amp; tea</title><link> https://quay.example/1 </link><guid>17</guid>"
        "<pubDate>Mon, 07 Feb 2022 10:00:00 GMT</pubDate><dc:creator>Ann Ode</dc:creator>"
        "<description>Short.</description><content:encoded><![CDATA[<p>Talks on the ferry began.</p>]]></content:encoded>"
    )
    (document,) = read({"a.rss": rss(item)}).documents
    assert (document["content"], document["text"]) == ("html", "<p>Talks on the ferry began.</p>")
    assert [document[name] for name in BESIDE] == [
        "https://quay.example/1",
        "Ferry talks & tea",
        "Ann Ode",
        "The Quay",
        "Mon, 07 Feb 2022 10:00:00 GMT",
    ]


@pytest.mark.parametrize("prefix", ["", "a:"])
def test_an_atom_entry_has_its_fields(read: Read, prefix: str) -> None:
    feed = (
        (
            '<feed xmlns{x}="http://www.w3.org/2005/Atom"><{p}title>The Quay</{p}title><{p}entry><{p}title>Ferry</{p}title>'
            '<{p}link rel="self" href="https://quay.example/s"/><{p}link href="https://quay.example/1"/>'
            "<{p}updated>2022-02-08</{p}updated><{p}published>2022-02-07</{p}published>"
            "<{p}author><{p}name>Ann Ode</{p}name></{p}author>"
            '<{p}content type="xhtml"><div><p>Talks &lt;at last&gt;</p></div></{p}content></{p}entry></feed>'
        )
        .replace("<feed", "<{p}feed")
        .replace("</feed", "</{p}feed")
    )
    text = feed.replace("{p}", prefix).replace("{x}", f":{prefix[:-1]}" if prefix else "")
    (document,) = read({"feed": text}).documents
    assert (document["content"], document["text"]) == ("html", "<div><p>Talks &lt;at last&gt;</p></div>")
    assert [document[name] for name in BESIDE] == [
        "https://quay.example/1",
        "Ferry",
        "Ann Ode",
        "The Quay",
        "2022-02-07",
    ]


def test_items_of_rdf_feeds_stand_beside_the_channel(read: Read) -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="r"><channel><title>The Quay</title></channel>'
        "<item><title>T</title><description>Talks began.</description><dc:date>2022-02-07</dc:date></item></rdf:RDF>"
    )
    (document,) = read({"a.rdf": feed}).documents
    assert (document["text"], document["publisher"], document["published"]) == (
        "Talks began.",
        "The Quay",
        "2022-02-07",
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "Fish & chips &nbsp;&eacute;t&eacute; &unknown; &#0; &#233;",
            "Fish & chips \u00a0été &unknown; \ufffd é",
        ),
        ("<![CDATA[Fish & chips &nbsp;]]>", "Fish & chips \u00a0"),
        ("Bell\x07 rings", "Bell  rings"),
        ("<p>Nobody escaped <b>this</b></p>", "<p>Nobody escaped <b>this</b></p>"),
    ],
)
def test_feeds_in_disorder_are_read_all_the_same(read: Read, written: str, text: str) -> None:
    feed = rss(f"<title>T</title><description>{written}</description>")
    (document,) = read({"a.rss": "\n \n" + feed}).documents
    assert document["text"] == text


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "utf-8"])
def test_a_feed_is_decoded_by_evidence(read: Read, encoding: str) -> None:
    text = "Переговоры начались в среду вечером, сообщил посланник."
    feed = rss(f"<description>{text}</description>").replace("?>", ' encoding="windows-1251"?>', 1)
    assert [document["text"] for document in read({"a.xml": feed.encode(encoding)}).documents] == [text]


def test_what_stands_before_a_fault_is_kept(read: Read) -> None:
    feed = rss("<description>One.</description>", "<description>Two.</description></wrong>")
    result = read({"a.rss": feed})
    assert [row["reason"] for row in result.inputs] == [None, "broken-feed"]


def test_an_entry_without_text_is_refused_alone(read: Read) -> None:
    result = read({"a.rss": rss("<title>Only a title</title>", "<description>Two.</description>")})
    assert [row["reason"] for row in result.inputs] == ["empty", None]


def test_no_entity_is_ever_followed(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this.")
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughter = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>'
    result = read(
        {
            "a.rss": rss("<description>&x;</description>", prolog=outside),
            "b.rss": rss("<description>&l11;</description>", prolog=laughter),
            "c.rss": rss(
                "<description>Fine.</description>",
                prolog=f'<!DOCTYPE rss PUBLIC "-//N//E" "{secret.as_uri()}">',
            ),
        }
    )
    assert [row["reason"] for row in result.inputs] == ["xml-entity", "xml-entity", None]
    assert "Nobody may" not in str(result.documents)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<a>" * 200_000, "broken-feed"),
        ("<a " + "b" * 3_000_000, "broken-feed"),
        ("<item><title>" + "long " * 500_000, "too-large"),
    ],
)
def test_feeds_that_never_end_are_given_up(read: Read, inside: str, reason: str) -> None:
    feed = rss("<description>One.</description>").replace("</channel></rss>", inside)
    result = read({"a.rss": feed}, max_record_bytes=2_000_000)
    assert [row["reason"] for row in result.inputs] == [None, reason]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<![CDATA[", "]]>", "&amp;", "& ", "&eacute;", "<b>", "-->", "]", "<!--", "x" * 60])
    )
)
def test_mending_does_not_depend_on_where_the_text_is_cut(parts: list[str]) -> None:
    text = "".join(parts)
    whole = "".join(_mended(iter([text])))
    assert "".join(_mended(iter(text))) == whole


def test_the_same_feed_by_another_name_is_the_same(folder: Path) -> None:
    for name in ("a.rss", "b.txt", "c"):
        (folder / name).write_text(rss("<description>Talks began.</description>"))
    result = ingest_all(discover([folder]))
    assert [row["outcome"] for row in result.inputs] == ["accepted", "duplicate", "duplicate"]
