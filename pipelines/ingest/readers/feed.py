"""RSS and Atom feeds: a record is an entry, numbered from 0 as they come.

The parser is expat, told to resolve nothing: a feed that declares entities is refused, and no address in one
is ever opened. It is fed with text that is decoded here, for feeds declare their encoding as carelessly as
pages do. What stands after a fault cannot be told apart any more and is refused as one.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator
from xml.parsers import expat

from pipelines.ingest.compression import read_chunks
from pipelines.ingest.encodings import codec_for, decode, refuse_controls, refuse_known_binary, wide_encoding
from pipelines.ingest.fields import Fields, content_of, normalise
from pipelines.ingest.readers.feed_entries import Entries, Entry
from pipelines.ingest.readers.html import declared_encoding
from pipelines.ingest.records import Opened, Record, Refusal, Rejection

_PIECE = 1 << 14  # characters; the parser reads a long tag again with every piece
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|&")
_ENTITY = re.compile(r"&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST_ENTITY = 40
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}\b[^<>]{0,2000}>")


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The entries of a feed; raises Rejection where the rest of it cannot be read."""
    entries = Entries(opened.limits.max_record_bytes)
    if not opened.stream.peek(1):
        return
    pieces, encoding = _text_of(opened)
    for number, entry in enumerate(_entries(entries, pieces)):
        yield _record(number, entry, encoding)


def _entries(entries: Entries, pieces: Iterator[str]) -> Iterator[Entry]:
    """Every entry that is complete, and then whatever is wrong with the rest."""
    parser = _parser(entries)
    mended = _mended(pieces)
    fault: Rejection | None = None
    while fault is None:
        piece = next(mended, None)
        try:
            parser.Parse((piece or "").encode("utf-8"), piece is None)
            entries.count(len(piece or ""))
        except Rejection as why:
            fault = why
        except expat.ExpatError as why:
            finding = f"{expat.ErrorString(why.code)} in line {why.lineno}"
            fault = Rejection("broken-feed", finding=finding)
        yield from entries.take()
        if piece is None:
            break
    if fault is not None:
        raise fault


def _parser(entries: Entries) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = entries.start
    parser.EndElementHandler = entries.end
    parser.CharacterDataHandler = entries.data
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _refuse_entity
    return parser


def _refuse_entity(*_: object) -> int:
    raise Rejection("xml-entity")


def _text_of(opened: Opened) -> tuple[Iterator[str], str]:
    """The file's text, piece by piece, and its encoding."""
    chunks = read_chunks(opened.stream)
    head = next(chunks, b"")
    encoding = _encoding_of(head)
    decoder = codecs.getincrementaldecoder(encoding)("replace")

    def pieces() -> Iterator[str]:
        yield decoder.decode(head).removeprefix("\ufeff").lstrip()
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)

    return pieces(), encoding


def _encoding_of(head: bytes) -> str:
    """The encoding: UTF-8 wherever that fits, then what the feed declares, then a guess."""
    wide = wide_encoding(head)
    if wide is not None:
        return wide
    refuse_known_binary(head)
    refuse_controls(head)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        declared = codec_for(declared_encoding(head))
        return declared or decode(head).encoding.removesuffix("-damaged")
    # The rest of the file may tell: a declared encoding that is no UTF-8 is then the better guess.
    declared = codec_for(declared_encoding(head))
    return declared if declared and declared != "utf_8" and head.isascii() else "utf-8"


def _mended(pieces: Iterator[str]) -> Iterator[str]:
    """The text with what feeds get wrong most often put right: controls, bare ``&``, and HTML's entities.

    The prolog is left as it is, so that the parser sees what is declared there.
    """
    inside, held = "", ""
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            text = held + _NOT_XML.sub(" ", piece[start : start + _PIECE])
            cut = _safe_end(text)
            mended, inside = _mend(text[:cut], inside)
            held = text[cut:]
            yield mended
    yield _mend(held, inside)[0]


def _safe_end(text: str) -> int:
    """Where the text can be cut without cutting an entity or the border of a section."""
    begun = max(text.rfind("&"), text.rfind("<"))
    if begun >= 0 and len(text) - begun < _LONGEST_ENTITY:
        return begun
    return len(text) - 2 if text.endswith(("]", "-")) and len(text) > 2 else len(text)


def _mend(text: str, inside: str) -> tuple[str, str]:
    """The text with entities put right outside of sections, and the end of the section that it leaves open."""
    parts, position = [], 0
    for match in _SPECIAL.finditer(text):
        found = match[0]
        if inside:
            inside = "" if found == inside else inside
        elif found == "&":
            parts.append(text[position : match.start()])
            entity = _ENTITY.match(text, match.start())
            parts.append(_as_xml(entity[1]) if entity else "&amp;")
            position = entity.end() if entity else match.end()
        elif found in ("<![CDATA[", "<!--"):
            inside = "]]>" if found == "<![CDATA[" else "-->"
    return "".join([*parts, text[position:]]), inside


def _as_xml(name: str) -> str:
    """A reference that every parser takes: those of HTML as characters, unknown ones as plain text."""
    if name in _OWN:
        return f"&{name};"
    character = html.unescape(f"&{name};")
    return html.escape(_NOT_XML.sub(" ", character))


def _record(number: int, entry: Entry, encoding: str) -> Record | Refusal:
    raw = json.dumps(entry.values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    text = normalise(entry.first("text") or "")
    is_html = _TAG.search(text) is not None or content_of(text) == "html"
    fields = Fields(
        text=text if is_html else html.unescape(text),
        content="html" if is_html else "text",
        url=entry.address(),
        title=_plain(entry.first("title")),
        author=_plain(entry.first("author")),
        publisher=_plain(entry.first("publisher") or entry.feed_title),
        published=_plain(entry.first("published")),
    )
    if not text.strip():
        return Refusal.of(number, Rejection("empty"), raw)
    return Record(number, fields, encoding.replace("_", "-"), raw)


def _plain(value: str | None) -> str | None:
    """A short field without tags, its blanks made one."""
    if value is None:
        return None
    return " ".join(html.unescape(_TAG.sub("", normalise(value))).split()) or None
