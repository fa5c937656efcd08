"""From bytes to text in the encodings that scraped news comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.encodings import decode, wide_encoding
from pipelines.ingest.fields import normalise
from pipelines.ingest.records import Rejection

SAMPLES = {
    "en": "The envoy said “nothing is settled” — and the talks’ second day cost £500 in lost coffee.",
    "fr": "L’émissaire sénégalais a été reçu à l’Élysée ; « rien n’est réglé », dit-il après le dîner.",
    "pl": "Wysłannik powiedział, że w środę późnym wieczorem żadna ze stron nie ustąpiła, a rozmowy trwają.",
    "cs": "Zmocněnec řekl, že se ve středu večer strany na ničem nedohodly a že jednání přesto pokračují.",
    "tr": "Temsilci, çarşamba akşamı tarafların anlaşmadığını ve görüşmelerin sürdüğünü söyledi.",
    "lt": "Pasiuntinys pranešė, kad trečiadienio vakarą šalys dėl nieko nesusitarė, o derybos tęsiasi.",
    "ru": "Посланник сообщил, что в среду стороны ни о чём не договорились, а переговоры продолжаются.",
    "uk": "Посланець повідомив, що ввечері в середу сторони ні про що не домовилися.",
    "el": "Ο απεσταλμένος δήλωσε ότι την Τετάρτη δεν συμφωνήθηκε τίποτα και οι συνομιλίες συνεχίζονται.",
    "ar": "قال المبعوث إن الطرفين لم يتفقا على شيء مساء الأربعاء وإن المحادثات مستمرة.",
    "zh": "特使表示，星期三晚上双方没有达成任何协议，会谈仍在继续。",
    "ja": "特使は、水曜日の夜に双方は何も合意しておらず、会談は続いていると述べた。",
    "ko": "특사는 수요일 저녁에 양측이 아무것도 합의하지 못했으며 회담은 계속되고 있다고 말했다.",
}
LEGACY = [
    ("en", "cp1252"),
    ("fr", "cp1252"),
    ("pl", "cp1250"),
    ("pl", "iso8859_2"),
    ("ru", "cp1251"),
    ("ru", "koi8_r"),
    ("uk", "cp1251"),
    ("el", "cp1253"),
    ("ar", "cp1256"),
    ("zh", "gb18030"),
    ("ja", "cp932"),
    ("cs", "cp1250"),
    ("tr", "cp1254"),
    ("lt", "cp1257"),
    ("ko", "cp949"),
]


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_with_and_without_mark(language: str, encoding: str) -> None:
    text = f"{SAMPLES[language]}\n12 August 2021, page 7.\n"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_encodings_are_told_from_the_bytes(language: str, encoding: str) -> None:
    assert decode(SAMPLES[language].encode(encoding)).text == SAMPLES[language]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "gb18030"])
def test_legacy_encodings_are_told_in_long_texts(encoding: str) -> None:
    language = {"cp1252": "fr", "cp1251": "ru", "gb18030": "zh"}[encoding]
    text = "Plain words first. " * 10_000 + SAMPLES[language] * 3000
    assert decode(text.encode(encoding)).text == text


def test_utf16_without_mark_needs_evidence() -> None:
    assert wide_encoding(b"Plain text of an even length.!") is None
    assert wide_encoding("Ab".encode("utf-16-le")) == "utf-16-le"


def test_a_declared_encoding_is_used_where_it_fits() -> None:
    turkish = "Işıl, Iğdır'da şöyle dedi."
    assert decode(turkish.encode("cp1254"), "ISO-8859-9").text == turkish
    assert decode("Öl".encode(), "windows-1251").text == "Öl"
    assert decode(b"caf\xe9 noir", "rot13").text == "café noir"


def test_a_page_cut_by_bytes_is_still_utf8() -> None:
    cut = (SAMPLES["fr"] * 3).encode()[:-1] + "é".encode()[:1]
    decoded = decode(cut)
    assert decoded.encoding == "utf-8-damaged"
    assert decoded.text.count("\ufffd") == 1


def test_a_short_word_in_latin1_is_not_damaged_utf8() -> None:
    assert decode(b"caf\xe9").text == "café"


@given(st.binary(max_size=400))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Rejection as why:
        assert why.reason in ("binary", "undecodable")
    else:
        normalise(decoded.text).encode("utf-8")


@given(st.text(max_size=200))
def test_utf8_text_comes_back_or_is_too_full_of_controls(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        assert decode(b"\xef\xbb\xbf" + data).text == data.decode()
    except Rejection as why:
        assert why.reason == "binary"


@given(st.text())
def test_normalised_text_has_one_kind_of_line_end_and_can_be_stored(text: str) -> None:
    normal = normalise(text)
    normal.encode("utf-8")
    assert "\x00" not in normal
    assert len(normal.splitlines()) == len(normal.split("\n")) - (normal == "" or normal.endswith("\n"))
    assert normalise(normal) == normal.removeprefix("\ufeff")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_line_ends_of_every_kind_are_made_one(end: str) -> None:
    assert normalise(f"a{end}b") == "a\nb"
