"""From bytes to text: byte order marks, UTF-8, UTF-16 by evidence, declared and guessed legacy encodings.

What belongs here: which encoding, and that something is no text at all. What does not: line ends and
characters that no database takes (see ``fields.normalise``), and repairing text that was decoded wrongly
before it got here (the clean stage).
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charset_normalizer import from_bytes

from pipelines.ingest.records import Rejection

_DATA = Path(__file__).parent / "data"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1a\x1b"})
_CONTROL_TEXT = dict.fromkeys(_CONTROL_BYTES) | dict.fromkeys(range(0x80, 0xA0)) | {0xFFFD: None}
_MAX_CONTROL_SHARE = 0.02
_MIN_NUL_SHARE = 0.005
_MAX_STRAY_NUL_SHARE = 0.2
_SAMPLE_BYTES = 32_768
_GOOD_PER_BAD = 10
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_ASCII_TEXT = re.compile(r"[^\x00-\x7f]")
# A sign other than punctuation between two letters, or a foreign letter before a digit, betrays a wrong
# guess.
_ODD = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·«»“”„…–—](?=[^\W\d_])|(?<!\w)[^\W\d_\x00-\x7f](?=\d)|(?<=[^\W\d_])[¹²³]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the codec that gave it."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text in the bytes; ``declared`` is the encoding that the input itself names, used where it fits.

    Raises Rejection: ``binary`` where it is no text, ``undecodable`` where no known encoding fits.
    """
    wide = wide_encoding(data)
    if wide is not None:
        return _decode_wide(data, wide)
    refuse_known_binary(data)
    return decode_narrow(data, declared)


def decode_narrow(data: bytes, declared: str | None = None) -> Decoded:
    """The same for bytes that are known not to be UTF-16 or UTF-32, such as a line of a longer file."""
    refuse_controls(data)
    data = data.removeprefix(codecs.BOM_UTF8)
    utf8 = _strictly(data, "utf_8")
    if utf8 is not None:
        return utf8
    codec = codec_for(declared)
    if codec is not None and (as_declared := _strictly(data, codec)) is not None:
        return as_declared
    return _damaged_utf8(data) or _guessed(data)


def wide_encoding(data: bytes) -> str | None:
    """The codec of UTF-16 or UTF-32 bytes, by byte order mark or by where the NULs are; else None."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if encoding != "utf-8" else None
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < max(1, _MIN_NUL_SHARE * len(sample)):
        return None
    if even <= _MAX_STRAY_NUL_SHARE * odd:
        return _if_text(sample, "utf-16-le")
    return _if_text(sample, "utf-16-be") if odd <= _MAX_STRAY_NUL_SHARE * even else None


def refuse_known_binary(data: bytes) -> None:
    """Raises Rejection for bytes that begin like another kind of file."""
    for signature, finding in _signatures():
        if data.startswith(signature):
            raise Rejection("binary", finding=finding)


def refuse_controls(data: bytes) -> None:
    """Raises Rejection for bytes that are full of control characters."""
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > _MAX_CONTROL_SHARE * len(data):
        raise Rejection("binary", finding=f"{controls} of its {len(data)} bytes are control characters")


@dataclass(frozen=True, slots=True)
class _Known:
    """Codecs by declared label, codecs that may be guessed, and letters by codec of Latin script."""

    labels: dict[str, str]
    guessable: list[str]
    letters: dict[str, frozenset[str]]


@cache
def _known() -> _Known:
    with (_DATA / "encodings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    by_codec = {_shown(row["codec"]): row["codec"] for row in rows}
    return _Known(
        labels=by_codec | {row["label"]: row["codec"] for row in rows},
        guessable=[row["codec"] for row in rows if row["guessed"] == "yes"],
        letters={row["codec"]: frozenset(row["letters"]) for row in rows if row["letters"]},
    )


@cache
def _signatures() -> tuple[tuple[bytes, str], ...]:
    with (_DATA / "signatures.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return tuple((bytes.fromhex(row["hex"]), row["finding"]) for row in rows)


def codec_for(declared: str | None) -> str | None:
    """The codec for a declared label; None for a label that is not known."""
    if declared is None:
        return None
    return _known().labels.get(declared.strip().lower().replace(" ", ""))


def _shown(codec: str) -> str:
    return codec.replace("_", "-")


def _decode_wide(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    odd = len(text) - len(text.translate(_CONTROL_TEXT))
    if odd > _MAX_CONTROL_SHARE * len(text):
        raise Rejection("binary", finding=f"{odd} of its {len(text)} characters are control characters")
    return Decoded(text, encoding)


def _if_text(sample: bytes, encoding: str) -> str | None:
    """The encoding, if the bytes read with it are mostly letters, digits, punctuation and blanks."""
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    printable = sum(char.isprintable() or char in "\t\r\n" for char in text)
    return encoding if printable >= (1 - _MAX_CONTROL_SHARE) * len(text) else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken sequences (pages cut by byte count, a quotation in another encoding)."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    cut_at_end = bad == 1 and good > 0 and text.endswith("\ufffd")
    return Decoded(text, "utf-8-damaged") if cut_at_end or good >= _GOOD_PER_BAD * bad else None


def _guessed(data: bytes) -> Decoded:
    """The best guess that fits all the bytes; raises Rejection where none does.

    Statistics tell scripts apart well, and encodings of Latin script badly: of those the one is taken that
    makes the fewest odd signs and letters.
    """
    known = _known()
    sample = _telling_part(data)
    best = from_bytes(sample, cp_isolation=known.guessable).best()
    candidates = [*known.letters] if best is None or best.encoding in known.letters else [best.encoding]
    for codec in sorted(candidates, key=lambda codec: _oddities(sample, codec)):
        decoded = _strictly(data, codec)
        if decoded is not None:
            return decoded
    raise Rejection("undecodable")


def _oddities(sample: bytes, codec: str) -> int:
    """How many signs and letters in the sample are odd if it is in that encoding."""
    text = sample.decode(codec, "replace")
    expected = _known().letters.get(codec, frozenset())
    letters = filter(str.isalpha, _NOT_ASCII_TEXT.findall(text.lower()))
    foreign = [letter for letter in letters if letter not in expected]
    return len(foreign) + text.count("\ufffd") + len(_ODD.findall(text))


def _strictly(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), _shown(codec))
    except UnicodeDecodeError:
        return None


def _telling_part(data: bytes) -> bytes:
    """At most a sample of the bytes, from shortly before the first that is not ASCII."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    first = _NOT_ASCII.search(data)
    begin = max(0, first.start() - _SAMPLE_BYTES // 4) if first else 0
    sample = data[begin : begin + _SAMPLE_BYTES]
    last_blank = max(sample.rfind(b" "), sample.rfind(b"\n"))
    return sample[:last_blank] if last_blank > _SAMPLE_BYTES // 2 else sample
