"""The resolve step as one would write it in an afternoon with pandas: the same type, countries and day is one event.

What it does less, all of which the resolve stage does:

- one event is one exact key. No reports that differ by a day, no "last week" that holds a Tuesday, no conflicting reports;
  mentions without a day or a country stay by themselves, unless their sentences are equal.
- no evidence: nobody can ask why two mentions were joined, or how sure that is.
- actors are the same where their names are, letter for letter; no spellings, titles or offices.
- near-copies are texts with equal words after lower-casing; no MinHash, no edited or shortened copies.
- no agreements, no places, no plans and their fulfilment, no ids that stay when more reports come.

It reads the same Parquet files and leaves four data frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

_MENTIONS = ["mention_id", "document_id", "sentence", "event_type", "status", "event_start"]
_PARTICIPANTS = ["mention_id", "role", "name", "kind", "country"]
_DOCUMENTS = ["document_id", "body", "published_on", "site"]


def resolve(lake: Path) -> dict[str, pd.DataFrame]:
    """Events, actors and stories of everything in a home's lake, and which mention belongs to which event."""
    mentions = _read(lake, "event_mentions", _MENTIONS)
    participants = _read(lake, "participants", _PARTICIPANTS)
    documents = _stories(_read(lake, "documents", _DOCUMENTS))
    keyed = mentions.merge(_countries(participants), on="mention_id", how="left")
    keyed = keyed.merge(documents[["document_id", "story", "site", "published_on"]], on="document_id")
    joined = _joined(keyed)
    return {
        "mention_events": joined[["mention_id", "event"]],
        "events": _events(joined),
        "actors": _actors(participants),
        "stories": documents,
    }


def _read(lake: Path, table: str, columns: list[str]) -> pd.DataFrame:
    files: Iterable[Path] = sorted((lake / table).glob("batch=*/data.parquet"))
    return pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)


def _stories(documents: pd.DataFrame) -> pd.DataFrame:
    words = documents["body"].map(lambda body: " ".join(re.findall(r"\w+", body.lower())))
    return documents.drop(columns="body").assign(story=words.groupby(words).ngroup())


def _countries(participants: pd.DataFrame) -> pd.DataFrame:
    """Each mention's countries, in the order of the alphabet."""
    named = participants.dropna(subset=["country"]).drop_duplicates(["mention_id", "country"])
    named = named.sort_values(["mention_id", "country"])
    return named.groupby("mention_id")["country"].agg(" ".join).rename("countries").reset_index()


def _joined(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions with the number of their event."""
    is_certain = mentions["event_start"].notna() & mentions["countries"].notna()
    exact = ["event_type", "status", "countries", "event_start"]
    certain = mentions[is_certain].assign(event=lambda some: some.groupby(exact).ngroup())
    rest = mentions[~is_certain].assign(event=lambda some: some.groupby(["event_type", "sentence"]).ngroup())
    first = 0 if certain.empty else int(certain["event"].max()) + 1
    return pd.concat([certain, rest.assign(event=rest["event"] + first)])


def _events(joined: pd.DataFrame) -> pd.DataFrame:
    counted = joined.groupby("event").agg(
        event_type=("event_type", "first"),
        status=("status", "first"),
        countries=("countries", "first"),
        event_start=("event_start", "first"),
        mention_count=("mention_id", "size"),
        document_count=("document_id", "nunique"),
        story_count=("story", "nunique"),
        site_count=("site", "nunique"),
        first_reported=("published_on", "min"),
    )
    return counted.reset_index()


def _actors(participants: pd.DataFrame) -> pd.DataFrame:
    named = participants.dropna(subset=["name"])
    return named.groupby(["name", "kind"]).agg(
        country=("country", "first"), mention_count=("mention_id", "nunique")
    )
