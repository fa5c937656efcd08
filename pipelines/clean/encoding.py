"""Repairs text that was decoded wrongly, and takes out characters that nobody wrote.

Only what is certain: a line is touched when it shows the marks of UTF-8 read as a single-byte code page.
Typographic quotes, ligatures and widths stay as they are.
"""

from __future__ import annotations

import re

import ftfy

from pipelines.clean.lines import split_lines

# the first byte of a UTF-8 sequence as Latin-1 or Windows-1252 shows it, then a continuation byte likewise
MOJIBAKE = re.compile(
    "[\u00c2-\u00f4\u0392-\u03a6\u0412-\u0424][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
HIDDEN = "\u00ad\u200b\u2060\ufeff"
INVISIBLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff{HIDDEN}]")
# The same for a look at a whole text in UTF-8: bytes that nobody sees, and first bytes of what ``MOJIBAKE`` begins with.
CONTROLS = bytes(byte for byte in range(0x80) if INVISIBLE.match(chr(byte)))
LEADS = (b"\xc3", b"\xce", b"\xd0")
LONGEST = 20_000  # characters of a line that repair is tried on
CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)


def without_surrogates(text: str) -> str:
    """Return ``text`` with halves of characters, which no encoding can write, replaced by question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_sound(text: str) -> bool:
    """Say whether no line of ``text`` needs repair: one look at the whole, cheaper than at each line."""
    if not text.isascii() and ("\u00a0" in text or any(sign in text for sign in HIDDEN)):
        return False
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # half a character
        return False
    if len(encoded.translate(None, CONTROLS)) < len(encoded):
        return False
    return not any(lead in encoded for lead in LEADS) or MOJIBAKE.search(text) is None


def repair_lines(text: str) -> list[str]:
    """Return the lines of ``text``, stripped and repaired."""
    lines = split_lines(text)
    return lines if is_sound(text) else [repair(line) for line in lines]


def repair(line: str) -> str:
    """Return ``line`` without invisible characters and, where certain, decoded as was meant."""
    if line.isascii() and line.isprintable():
        return line
    line = INVISIBLE.sub("", line).replace("\u00a0", " ").strip()
    if len(line) <= LONGEST and MOJIBAKE.search(line):
        return ftfy.fix_text(line, config=CONFIG)
    return line
