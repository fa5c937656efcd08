"""Repair of wrongly decoded text, only where it is certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.encoding import repair


@pytest.mark.parametrize("meant", ["Präsident Čapek", "l’été à Genève", "Москва и Минск", "“quoted” – so"])
@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_utf8_read_as_a_single_byte_page_is_mended(meant: str, page: str) -> None:
    try:
        broken = meant.encode("utf-8").decode(page)
    except UnicodeDecodeError:
        pytest.skip("the code page has no such byte")
    assert repair(broken) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Ã is a letter.",
        "São Paulo",
        "naïve café",
        "“Curly” ‘quotes’ – and ﬁne ligatures",
        "ＦＵＬＬ width",
        "e\u0301 stays apart",
        "&amp; stays",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert repair(text) == text


def test_invisible_characters_go() -> None:
    assert repair("co\u00adoper\u200bation\ufeff\u00a0now\x00") == "cooperation now"


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=200))
def test_plain_text_is_never_touched(text: str) -> None:
    assert repair(text) == text
