"""Which keys and columns are read as what, and names that a user gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.fields import Fields, content_of, read_fields
from pipelines.ingest.naming import FIELDS, NamingError, declared, has_text_field, is_known, parse_given

STORY = "The ferry to Zenda was late."
URL = "https://courier.example/ferry"


def read(row: dict[str, Any], **names: str) -> Fields:
    fields = read_fields(row, tuple(names.items()))
    assert fields is not None
    return fields


def test_a_crawlers_article_object_is_read() -> None:
    row = {
        "authors": ["Flavia Elphberg", "Rudolf Rassendyll"],
        "date_download": "2031-11-01 00:00:00",
        "date_modify": None,
        "date_publish": "2031-10-09 08:00:00",
        "description": "A ferry.",
        "maintext": STORY,
        "source_domain": "courier.example",
        "title": "Ferry late",
        "url": URL,
    }
    assert read(row) == Fields(
        STORY,
        "text",
        URL,
        "Ferry late",
        "Flavia Elphberg; Rudolf Rassendyll",
        "courier.example",
        "2031-10-09 08:00:00",
    )


def test_an_extractors_object_is_read() -> None:
    row = {
        "title": "Ferry late",
        "hostname": "courier.example",
        "sitename": "Strelsau Courier",
        "date": "2031-10-09",
        "source": URL,
        "excerpt": "A ferry.",
        "raw_text": "flat",
        "text": STORY,
    }
    fields = read(row)
    assert (fields.text, fields.url, fields.publisher) == (STORY, URL, "Strelsau Courier")


def test_a_news_services_object_is_read() -> None:
    row = {
        "source": {"id": None, "name": "Strelsau Courier"},
        "publishedAt": "2031-10-09T08:00:00Z",
        "content": STORY,
        "description": "A ferry.",
    }
    fields = read(row)
    assert (fields.publisher, fields.published, fields.text) == (
        "Strelsau Courier",
        "2031-10-09T08:00:00Z",
        STORY,
    )


def test_a_media_archives_row_is_read() -> None:
    row = {
        "story_url": URL,
        "media_name": "Strelsau Courier",
        "publish_date": "2031-10-09",
        "story_text": STORY,
    }
    fields = read(row)
    assert (fields.url, fields.publisher, fields.published) == (URL, "Strelsau Courier", "2031-10-09")


def test_an_object_around_the_document_is_looked_into() -> None:
    inner = {"headline": "Ferry late", "body": STORY, "source": {"name": "Courier"}}
    for outer in ("_source", "article", "data", "fields"):
        fields = read({"_id": "4", outer: inner})
        assert (fields.text, fields.title, fields.publisher) == (STORY, "Ferry late", "Courier")


def test_what_stands_outside_is_believed_before_what_stands_around() -> None:
    assert read({"metadata": {"title": "Inner"}, "title": "Outer", "text": STORY}).title == "Outer"


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("['Flavia Elphberg', \"Rudolf O'Zenda\"]", "Flavia Elphberg; Rudolf O'Zenda"),
        ('["Flavia Elphberg"]', "Flavia Elphberg"),
        ([{"name": "Flavia Elphberg"}, {"@type": "Person"}], "Flavia Elphberg"),
        ({"full_name": "Flavia Elphberg"}, "Flavia Elphberg"),
        ("nan", None),
        ("[]", None),
        ("None", None),
        ("[sic] Flavia", "[sic] Flavia"),
    ],
)
def test_lists_and_empty_values_of_tools_are_understood(written: Any, author: str | None) -> None:
    assert read({"text": STORY, "author": written}).author == author


def test_rendered_parts_of_pages_are_html() -> None:
    fields = read({"content": {"rendered": f"<p>{STORY}</p>"}, "title": {"rendered": "Ferry late"}})
    assert (fields.content, fields.title) == ("html", "Ferry late")
    assert content_of("<p> is how a paragraph begins.") == "text"
    assert content_of(f"{STORY} <p>And more.</p>") == "text"


def test_an_address_where_a_name_is_expected_is_an_address() -> None:
    fields = read({"text": STORY, "source": URL, "guid": "77-a"})
    assert (fields.url, fields.publisher) == (URL, None)
    assert read({"text": STORY, "id": "77-a"}).url is None


def test_a_summary_stands_for_the_text_only_where_there_is_no_text() -> None:
    assert read({"title": "Ferry late", "description": STORY}).text == STORY
    assert read({"content": "", "description": STORY}).text == ""
    assert read_fields({"title": "Ferry late"}) is None


@given(st.sampled_from(["publishedAt", "published_at", "PUBLISHED AT", " Published-At "]))
def test_capitals_and_separators_make_no_difference(name: str) -> None:
    assert read({"Full_Text": STORY, name: "2031-10-09"}).published == "2031-10-09"


def test_a_users_names_come_first_and_mean_nothing_else() -> None:
    row = {"Inhalt": STORY, "text": "teaser", "source": "Ferry late", "Datum": "2031-10-09"}
    fields = read(row, text="Inhalt", title="source", published="Datum")
    assert (fields.text, fields.title, fields.publisher) == (STORY, "Ferry late", None)
    assert fields.published == "2031-10-09"
    assert has_text_field(["Inhalt"], (("text", "Inhalt"),))
    assert not has_text_field(["Inhalt"])
    assert is_known("Datum", (("published", "Datum"),))


def test_names_are_given_as_pairs() -> None:
    assert parse_given("text=Inhalt, date=Datum ,link=Adresse,") == (
        ("text", "Inhalt"),
        ("published", "Datum"),
        ("url", "Adresse"),
    )
    assert parse_given("") == ()


@pytest.mark.parametrize("written", ["text", "text=", "colour=red", "=Inhalt", "text=a,b"])
def test_pairs_that_say_nothing_are_refused_with_what_to_do(written: str) -> None:
    with pytest.raises(NamingError, match="FIELD=NAME"):
        parse_given(written)


def test_no_name_stands_for_two_fields() -> None:
    names = [name for field in FIELDS for name in declared(field)]
    assert sorted(names) == sorted(set(names))


@given(
    st.dictionaries(
        st.sampled_from(["text", "article", "author", "date", "url", "source", "metadata"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["name", "text", "a"]), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
)
def test_no_object_breaks_it(row: dict[str, Any]) -> None:
    fields = read_fields(row)
    assert fields is None or isinstance(fields.text, str)
