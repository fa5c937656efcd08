"""Marks: lines known by their shape: addresses, sizes, breadcrumbs, tag lists, contacts, credits, bylines.

Wordings live in ``data/chrome``; what is here could not be said as a phrase. The words that shapes need are
in ``data/marks.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line, normalise

ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.I)
LOCALE = re.compile(r"[a-z]{2}[_-][A-Z]{2}$")
LOCALE_LENGTH = 5
HANDLE = re.compile(r"@\w{2,40}$")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}")
PHONE = re.compile(r"\+?\d[\d() -]{7,18}\d")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SWITCHES = ("true", "false", "null", "px")
SWITCH_LETTERS = frozenset("tfnpTFNP")  # that these begin with
SWITCH = re.compile(rf"\b(?:{'|'.join(SWITCHES)})\b", re.I)
CRUMB = re.compile(r"\s*(?:[>»›→/|·•]|::)\s*")
CRUMB_SIGN = re.compile(
    r"[>»›→/|·•]"
)  # with two colons what a breadcrumb cannot be without; cheap, since most lines have none
SIGN = re.compile(r"[]()<>{}=#@©/.:!?»›→|·•]")  # a line without any is known by its first word alone
CODE_SIGNS = ("{", "<", "function", "var ", "document.", "window.")  # the same of code
CODE = re.compile(r"(?:function\s*\(|\bvar \w+\s*=|\{\s*[\"'\w-]+\s*:|document\.|window\.|</?[a-z]+>)")
AFTER_MAKER = re.compile(r"[:/©]")
OPEN_BRACKET = re.compile(r"[(\[]")
CREDIT_PAIR = re.compile(r"[(\[][^()\[\]\d]{0,60}(?:\bvia\b|[^\W\d_]{2}\s?/\s?[A-Z])[^()\[\]\d]{0,60}[)\]]$")
COPYRIGHT = re.compile(r"(?:©|\(c\))\s{0,3}(?:copyright\s)?(?:19|20)\d\d", re.I)

FEW = 30  # words: longer lines are text whatever else they hold
CAPTION = 60  # words of a caption with its credit
CRUMBS, CLOSED_CRUMBS = 2, 3  # separators in a breadcrumb; and in one whose last part ends like a sentence
TAGS = 3  # commas in a tag list
ABOUT = 5  # words of a heading that names whom a text is about
NETWORKS = 2
BYLINE = 9  # words of an author's line
EFFECTS = {"byline": "neutral", "about_author": "end"}  # of the other marks: "line"


@cache
def _words(name: str) -> str:
    return "|".join(sorted(map(re.escape, read_toml("marks.toml")[name]), key=len, reverse=True))


@cache
def _first_words(name: str) -> frozenset[str]:
    """The first words of the phrases: asked before a pattern of all of them, since most lines have none."""
    return frozenset(normalise(phrase).split()[0] for phrase in read_toml("marks.toml")[name])


@cache
def _credit() -> re.Pattern[str]:
    start = r"(?:[(\[]\s?|\b|(?<=[a-z])(?=[A-Z]))"
    named = rf"{start}(?i:{_words('credits')})\s?[:/©]\s?\S.{{0,60}}$"
    names = f"{_words('agencies')}|{_words('agencies').upper()}"
    agency = rf"(?<![.!?] )[(\[](?:{names})\b[^)\]]{{0,40}}[)\]]$"
    return re.compile(f"(?:{named}|{agency})")


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('bylines')})\b\s?:?\s", re.I)


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_words('says')})\s?:?$", re.I)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('abouts')})\s", re.I)


@cache
def _glued_agency() -> re.Pattern[str]:
    return re.compile(
        rf"[.!?][^\W\d_][^.!?]{{0,40}}(?<!\w)(?:{_words('agencies')})$|[.!?](?:{_words('agencies')})$"
    )


@cache
def _networks() -> tuple[frozenset[str], frozenset[str]]:
    marks = read_toml("marks.toml")
    return frozenset(marks["follows"]), frozenset(marks["socials"])


@cache
def _openers() -> frozenset[str]:
    """The words one of which begins a line that is known by its first word."""
    return _first_words("bylines") | _first_words("abouts") | _networks()[0]


def find_mark(line: Line) -> tuple[str, str] | None:
    """Return reason and effect for a line that is chrome by its shape, or None."""
    text = line.text
    if line.words > CAPTION:
        return None
    if not line.closed and SIGN.search(text) is None and text.count(",") < TAGS:
        return _find_mark_of_words(line)
    if "©" in text or "(c)" in text:
        if COPYRIGHT.search(text):
            return "copyright", "end"
        if not line.closed and line.words <= FEW:
            return "picture_credit", "line"
    if line.words <= FEW:
        reason = _find_short_mark(line)
        if reason:
            return reason, EFFECTS.get(reason, "line")
    return None if line.closed or not _is_credited(text) else ("picture_credit", "line")


def _find_mark_of_words(line: Line) -> tuple[str, str] | None:
    """The same for a line of words without signs: menus and headlines, which are most lines."""
    if line.words > FEW:
        return None
    if not _has_word(line.text):
        return "numbers_or_symbols", "line"
    if len(line.text) == LOCALE_LENGTH and LOCALE.match(line.text):
        return "machine_remains", "line"
    if line.key.partition(" ")[0] in _openers():
        if is_byline(line):
            return "byline", "neutral"
        if is_about(line):
            return "about_author", "end"
        if asks_to_follow(line):
            return "share_bar", "line"
    return None


def _find_short_mark(line: Line) -> str | None:
    """Return the reason why a line of few words is chrome, pictures apart, or None."""
    if not line.closed:
        reason = _find_open_mark(line)
        if reason:
            return reason
    elif is_breadcrumb(line.text, CLOSED_CRUMBS):
        return "breadcrumb"
    elif line.words < 4 and not LETTERS.search(line.text):
        return "numbers_or_symbols"
    return "share_bar" if asks_to_follow(line) else None


def _is_credited(text: str) -> bool:
    """Say whether ``text``, which does not end like a sentence, ends in the name of who made a picture."""
    end, last = text[-100:], text[-1]
    if last.isalpha() and ("." in text or "!" in text or "?" in text) and _glued_agency().search(text[-60:]):
        return True
    if last in ")]" and CREDIT_PAIR.search(end):
        return True
    bracketed = last in ")]"
    named = (bracketed or ":" in text or "/" in text) and _names_maker(end)
    return (named or (bracketed and _names_agency(end))) and _credit().search(end) is not None


def _names_maker(end: str) -> bool:
    """Say whether a word for the making of pictures stands before a sign: asked first, since patterns of words cost."""
    return any(end[: sign.start()].rstrip().lower().endswith(_makers()) for sign in AFTER_MAKER.finditer(end))


def _names_agency(end: str) -> bool:
    """Say whether an agency stands first in brackets."""
    return any(end.startswith(_agencies(), bracket.end()) for bracket in OPEN_BRACKET.finditer(end))


@cache
def _agencies() -> tuple[str, ...]:
    names: list[str] = read_toml("marks.toml")["agencies"]
    return (*names, *(name.upper() for name in names))


@cache
def _makers() -> tuple[str, ...]:
    return tuple(read_toml("marks.toml")["credits"])


def _find_open_mark(line: Line) -> str | None:
    """Return the reason why a line that is no sentence is chrome, or None."""
    text = line.text
    if not _has_word(text):
        return "numbers_or_symbols"
    if ("/" in text or "." in text) and ADDRESS.match(text):
        return "web_address"
    if LOCALE.match(text) or _is_code(text):
        return "machine_remains"
    if "@" in text:
        if HANDLE.match(text):
            return "share_bar"
        if MAIL.search(text) and (line.words < 12 or PHONE.search(text)):
            return "contact"
    if is_byline(line):
        return "byline"
    if is_about(line):
        return "about_author"
    if is_breadcrumb(text):
        return "breadcrumb"
    if is_tag_list(text):
        return "tag_list"
    return None


def _is_code(text: str) -> bool:
    return any(sign in text for sign in CODE_SIGNS) and CODE.search(text) is not None


def _has_word(text: str) -> bool:
    """Say whether ``text`` has a word of two letters that is no value of a setting."""
    if text[0] not in SWITCH_LETTERS and text[:2].isalpha():  # most lines
        return len(text) > 1
    first = LETTERS.search(text)
    if first is None or first[0].casefold() not in SWITCHES:
        return first is not None
    return LETTERS.search(SWITCH.sub("", text)) is not None


def name_after_opening(text: str) -> str | None:
    """Return what follows the words that open an author's line ("by"), if it begins with a capital."""
    opening = _byline().match(text)
    name = text[opening.end() :].strip() if opening else ""
    return name if name[:1].isupper() else None


def opens_byline(text: str) -> bool:
    """Say whether ``text`` begins as an author's line does: "by Jane"."""
    return name_after_opening(text) is not None


def is_byline(line: Line) -> bool:
    """Say whether ``line`` names its author: an opening word, then words with capitals."""
    if not 2 <= line.words <= BYLINE or line.text[-1] in ":;":
        return False
    opening = _byline().match(line.text) if line.key.split(" ", 1)[0] in _first_words("bylines") else None
    if not opening:
        return False
    names = [word for word in line.text[opening.end() :].split() if word[0].isalpha()]
    return (
        bool(names) and names[0][0].isupper() and sum(word[0].isupper() for word in names) >= 0.6 * len(names)
    )


def is_about(line: Line) -> bool:
    """Say whether ``line`` is the heading of a self-description: "About Roe Limited"."""
    short = line.words <= ABOUT and line.key.split(" ", 1)[0] in _first_words("abouts")
    opening = _about().match(line.text) if short else None
    names = line.text[opening.end() :].strip(" :").split() if opening else []
    return bool(names) and all(name[0].isupper() or name == "&" for name in names)


def asks_to_follow(line: Line) -> bool:
    """Say whether ``line`` asks to follow somebody on two networks or more."""
    follows, socials = _networks()
    first, _, rest = line.key.partition(" ")
    return first in follows and len(socials.intersection(rest.split())) >= NETWORKS


def is_comment_line(line: Line) -> bool:
    """Say whether ``line`` is the head of a reader's comment: "jane says:"."""
    return line.words <= 6 and _says().search(line.text) is not None


def is_breadcrumb(text: str, least: int = CRUMBS) -> bool:
    """Say whether ``text`` is a path of short names: Home > World > Asia, Start/Presse/…"""
    if ("::" not in text and not CRUMB_SIGN.search(text)) or "://" in text:
        return False
    parts = CRUMB.split(text)
    if len(parts) <= least:
        return False
    return all(part and part.count(" ") < 4 and not part[0].isdigit() for part in parts[:least])


def is_tag_list(text: str) -> bool:
    """Say whether ``text`` is key words between commas, all lower case, or nothing but hash tags."""
    if text[0] == "#" and all(word[0] == "#" and len(word) > 2 for word in text.split()):
        return True
    if text.count(",") < TAGS or text != text.lower():
        return False
    return all(part.strip().count(" ") <= 4 for part in text.split(","))
