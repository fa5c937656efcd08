"""Marks: lines known by their shape, not their words: addresses, sizes, breadcrumbs, tag lists, contacts.

Wordings live in ``data/chrome``; what is here could not be said as a phrase.
"""

from __future__ import annotations

import re

from pipelines.clean.lines import Line

ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.I)
LOCALE = re.compile(r"[a-z]{2}[_-][A-Z]{2}$")
HANDLE = re.compile(r"@\w{2,40}$")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}")
PHONE = re.compile(r"\+?\d[\d() -]{7,18}\d")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SWITCH = re.compile(r"\b(?:true|false|null|px)\b", re.I)
CRUMB = re.compile(r"\s*(?:[>»›→/|·•]|::)\s*")
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?$", re.I)
RUN_TOGETHER = re.compile(r"[a-z][A-Z]")
CODE = re.compile(r"(?:function\s*\(|\bvar \w+\s*=|\{\s*[\"'\w-]+\s*:|document\.|window\.|</?[a-z]+>)")

FEW = 30  # words: longer lines are text whatever else they hold
CRUMBS = 2  # separators in a breadcrumb
TAGS = 3  # commas in a tag list


def find_mark(line: Line) -> str | None:
    """Return the reason why ``line`` is chrome by its shape, or None."""
    text = line.text
    if line.words > FEW:
        return None
    if not LETTERS.search(SWITCH.sub("", text)):
        return "numbers_or_symbols"
    if ADDRESS.match(text):
        return "web_address"
    if LOCALE.match(text) or CODE.search(text):
        return "machine_remains"
    if HANDLE.match(text):
        return "share_bar"
    if line.closed:
        return None
    if MAIL.search(text) and (line.words < 12 or PHONE.search(text)):
        return "contact"
    if is_breadcrumb(text):
        return "breadcrumb"
    if is_tag_list(text):
        return "tag_list"
    return None


def is_breadcrumb(text: str) -> bool:
    """Say whether ``text`` is a path of short names: Home > World > Asia, Start/Presse/…"""
    parts = CRUMB.split(text)
    if len(parts) <= CRUMBS or "://" in text:
        return False
    return all(part and part.count(" ") < 4 and not part[0].isdigit() for part in parts[:CRUMBS])


def is_tag_list(text: str) -> bool:
    """Say whether ``text`` is key words between commas, all lower case, or nothing but hash tags."""
    words = text.split()
    if len(words) >= 1 and all(word[0] == "#" and len(word) > 2 for word in words):
        return True
    parts = text.split(",")
    return len(parts) > TAGS and text == text.lower() and all(part.strip().count(" ") <= 4 for part in parts)
