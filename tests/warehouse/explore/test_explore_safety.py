"""Texts of the web stay text, other hosts and methods are refused, and browsers are told to run nothing else."""

from __future__ import annotations

import re

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from tests.warehouse.explore import register as r
from tests.warehouse.explore.test_explore_pages import EVERY_PAGE

_LINKS = ("href", "src", "action", "formaction", "xlink:href")


def harms(page: str) -> list[str]:
    """What in a page could run or load something, as a browser would read it."""
    found: list[str] = []
    for element in html.fromstring(page).iter(etree.Element):
        found += [
            f"{element.tag} {name}" for name in element.attrib if name.startswith("on") or name == "style"
        ]
        found += [value for name, value in element.attrib.items() if name in _LINKS and not _harmless(value)]
        if element.tag in ("iframe", "object", "embed", "style", "base", "template"):
            found.append(str(element.tag))
        if element.tag == "script" and not element.get("src", "").startswith("/static/"):
            found.append("script")
    return found


def _harmless(address: str) -> bool:
    own = address.startswith(("/", "#")) and not address.startswith("//")
    return own or address.startswith("https://fjord.example/")


@pytest.mark.parametrize("address", [*EVERY_PAGE, "/events?q=quarrelled", "/events?type=ASSAULT"])
def test_hostile_texts_are_shown_not_run(pages: TestClient, address: str) -> None:
    text = pages.get(address).text
    assert harms(text) == []
    assert "<script>document" not in text


def test_the_hostile_article_can_still_be_read(pages: TestClient) -> None:
    text = pages.get(f"/article/{r.EVIL_ARTICLE}").text
    assert "&lt;script&gt;" in text
    assert "address that is not linked" in text


HOSTILE_VALUES = [
    "' OR 1=1 --", '"; DROP TABLE events; --', "<script>alert(1)</script>", '"><svg onload=alert(1)>', "\\", "%' ESCAPE '",
    "{{ 1234*5678 }}", "\x00", "a\r\nSet-Cookie: x=1", "../../etc/passwd", "😀" * 50,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE_VALUES)
@pytest.mark.parametrize(
    "name", ["country", "actor", "who", "type", "status", "since", "place", "q", "page", "order"]
)
def test_hostile_parameters_do_no_harm(pages: TestClient, name: str, value: str) -> None:
    for address in ("/events", "/", "/actors", "/agreements"):
        answer = pages.get(address, params={name: value})
        assert answer.status_code in (200, 400)
        assert harms(answer.text) == []
        assert "set-cookie" not in answer.headers
        assert "7006652" not in answer.text


@pytest.mark.parametrize("value", ["a'b", 'a"b', "%3Cscript%3E", "a%00b", "..%2f..%2fx", "x" * 500])
@pytest.mark.parametrize("kind", ["event", "article", "actor", "agreement", "static/x"])
def test_ids_of_any_kind_are_only_looked_up(pages: TestClient, kind: str, value: str) -> None:
    answer = pages.get(f"/{kind}/{value}")
    assert answer.status_code == 404
    assert harms(answer.text) == []


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/events?type=NOPE", "/download/events.csv", "/world.svg"]
)
def test_every_answer_carries_the_headers(pages: TestClient, address: str) -> None:
    headers = pages.get(address).headers
    policy = headers["content-security-policy"]
    assert (
        "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "frame-ancestors 'none'" in policy
    )
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in headers
    assert headers["server-timing"].startswith("page;dur=")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "0.0.0.0:8600"]
)
def test_other_names_of_this_machine_are_refused(pages: TestClient, host: str) -> None:
    answer = pages.get("/events", headers={"host": host})
    assert answer.status_code == 400
    assert "Norway" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8600", "localhost", "localhost:1"])
def test_this_machine_is_served(pages: TestClient, host: str) -> None:
    assert pages.get("/events", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_but_reading_is_answered(pages: TestClient, method: str) -> None:
    assert pages.request(method, "/events").status_code == 405


def test_an_address_may_not_be_endless(pages: TestClient) -> None:
    assert pages.get("/events?q=" + "a" * 10_000).status_code == 414


def test_own_files_are_kept_by_their_content(pages: TestClient) -> None:
    address = re.search(r'href="(/static/\w+/style\.css)"', pages.get("/").text)
    assert address is not None
    answer = pages.get(address[1])
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert pages.get("/static/0/style.css").status_code == 404
    assert pages.get("/").headers["cache-control"] == "no-store"
