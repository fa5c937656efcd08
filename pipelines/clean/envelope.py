"""The envelope: what a collector wrote in front of a text: `` date 2024-10-23 https://…``, header lines.

Returns the fields and the text without them. Lines that only a page could have (a date under a headline, a
byline) are none: those are found among the page's lines. HTML has its envelope in its head: see ``html``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipelines.clean.date_values import read_iso
from pipelines.clean.dates import find_dates
from pipelines.clean.knowledge import read_toml

ADDRESS = r"https?://\S{3,2000}"
HEADER = re.compile(
    r"[ \t]*[*#>]{0,3}[ \t]*\*{0,2}([^\W\d_][\w \t-]{0,28}?)[ \t]*\*{0,2}[ \t]*[:=：][ \t]*\*{0,2}[ \t]*"
    r"([^\r\n]{0,2000}?)[ \t]*(?:\r?\n|$)"
)
INDENTED = re.compile(r"(?:[ \t]+-?|-)[ \t]*(\S[^\r\n]{0,2000})(?:\r?\n|$)")
BLANK = re.compile(r"\s{0,10000}")
FENCE = re.compile(r"[ \t]*(?:-{3,40}|={3,40}|\+{3,40}|\*{3,40})[ \t]*(?:\r?\n|$)")
FIRST_LINE = re.compile(r"[ \t]*([^\r\n]{8,2300})(?:\r?\n|$)")
WORDS = re.compile(r"[^\W_]+")
SITE = re.compile(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}")
MOST_HEADERS = 40  # lines
LONGEST_NAME = 4  # words of a publisher's name
REST = 3  # words besides its date that a part of a prefix line holds at most (time, zone, weekday)


@dataclass(slots=True)
class Envelope:
    """What was written in front, by field (``published``, ``url``, ``title``, ``author``, ``publisher``)."""

    fields: dict[str, str] = field(default_factory=dict)
    length: int = 0  # characters of the text that belong to the envelope


@cache
def _prefix() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_toml("envelope.toml")["prefix_words"])
    day = r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?:T[\d:.+Z-]{2,25})?"
    return re.compile(rf"\s{{0,1000}}(?:{words})[ \t]*[:=]?[ \t]+({day})(?=\s|$)(?:[ \t]+({ADDRESS}))?", re.I)


@cache
def _names() -> dict[str, str]:
    """Header names and their fields; an empty field for names that are passed over."""
    settings = read_toml("envelope.toml")
    known = {name: target for target, names in settings["fields"].items() for name in names}
    return dict.fromkeys(settings["ignored"], "") | known


@cache
def _separators() -> re.Pattern[str]:
    signs = (re.escape(sign).replace(r"\ ", " ") for sign in read_toml("envelope.toml")["separators"])
    return re.compile(
        rf"[ ]{{0,20}}(?:{'|'.join(signs)})[ \t]{{0,20}}|\][ ]{{0,20}}|[ ]{{1,20}}(?=https?://)|(?<=\S)\s?\["
    )


def read_envelope(text: str) -> Envelope:
    """Return the envelope at the beginning of ``text``; an empty one where there is none."""
    envelope = Envelope()
    _read_headers(text, envelope)
    prefix = _prefix().match(text) if len(envelope.fields) < 2 else None
    if prefix:
        fields = {"published": prefix[1]} | ({"url": prefix[2]} if prefix[2] else {})
        return Envelope(fields, prefix.end())
    if not envelope.length:
        _read_one_line(text, envelope)
    return envelope


def _read_headers(text: str, envelope: Envelope) -> None:
    """Read lines of ``name: value`` for as long as the names are known ones, and the rules around them.

    Names that are passed over count only among names that fill a field. A single line is believed where its
    value is an address or a date, or where a rule or an empty line ends the block.
    """
    at = _end(BLANK, text, 0)
    fenced = FENCE.match(text, at)
    at = fenced.end() if fenced else at
    found: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        header = HEADER.match(text, at)
        target = _names().get(_plain(header[1])) if header else None
        if header is None or target is None:
            break
        at = header.end()
        value, at = _continued(text, at, header[2])
        if target and value:
            found.setdefault(target, value)
    if found and (len(found) > 1 or fenced or _is_sure(found) or not text[at : at + 1].strip()):
        envelope.fields, envelope.length = found, _end(FENCE, text, _end_of_blank_lines(text, at))
        if not FENCE.match(text, _end_of_blank_lines(text, at)):
            envelope.length = at


def _continued(text: str, at: int, value: str) -> tuple[str, int]:
    """The value of a header whose list or second line follows it, indented, and where it ends."""
    parts = [value.strip().strip("\"'*>|")] if value.strip(" \"'*>|") else []
    for _ in range(MOST_HEADERS):
        line = INDENTED.match(text, at)
        if line is None or parts[:1] == [value.strip()] or HEADER.match(line[1]):
            break
        parts.append(line[1].strip().strip("\"'"))
        at = line.end()
    return ", ".join(parts).strip("[]").strip(), at


def _is_sure(found: dict[str, str]) -> bool:
    url, published = found.get("url", ""), found.get("published", "")
    return re.match(ADDRESS, url) is not None or _is_date(published)


def _read_one_line(text: str, envelope: Envelope) -> None:
    """Read a first line that is nothing but a date, an address and perhaps a publisher, with signs between.

    An address has to be there, or a date in square brackets: a plain date line may belong to the page.
    """
    at = _end(BLANK, text, 0)
    line = FIRST_LINE.match(text, at)
    if line is None:
        return
    bracketed = line[1].startswith("[")
    parts = [part.strip(" \t[]()<>") for part in _separators().split(line[1])]
    found: dict[str, str] = {}
    rest: list[str] = []
    for part in filter(None, parts):
        if re.fullmatch(ADDRESS, part):
            found.setdefault("url", part)
        elif _is_date(part):
            found.setdefault("published", part)
        else:
            rest.append(part)
    opens = "url" in found or (bracketed and "published" in found)
    if not opens or len(found) + len(rest) < 2 or len(rest) > 1:
        return
    if rest:
        if "published" not in found or not _could_be_publisher(rest[0]):
            return
        found["publisher"] = rest[0]
    envelope.fields, envelope.length = found, line.end()


def _could_be_publisher(name: str) -> bool:
    """Say whether ``name`` is a host, or few words without lower case: longer or lower ones are headlines."""
    if SITE.fullmatch(name):
        return True
    words = name.split()
    capital = all(word[0].isalpha() and not word[0].islower() for word in words)
    return len(words) <= LONGEST_NAME and capital and not name.endswith((".", "!", "?", ":"))


def _is_date(part: str) -> bool:
    """Say whether ``part`` is a date and next to nothing besides."""
    if read_iso(part):
        return True
    found = find_dates(part[:100])
    rest = f"{part[: found[0].start]} {part[found[0].end :]}" if found else part
    return bool(found) and sum(not word.isdigit() for word in WORDS.findall(rest)) <= REST


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _end_of_blank_lines(text: str, at: int) -> int:
    return _end(BLANK, text, at)
