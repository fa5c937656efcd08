"""Columns that several marts share, so that they mean the same in each."""

from __future__ import annotations

from warehouse.tables.common import count, country, identifier
from warehouse.tables.model import Column, RowRule

SIDES_ADD_UP = RowRule(
    "sides_add_up", "event_count = cooperation + conflict", "Every event is cooperation or conflict"
)
"""For tables with the columns of ``sides``."""


def quads() -> tuple[Column, ...]:
    """Events counted by quad class."""
    return (
        count("verbal_cooperation", "Events of quad class 1"),
        count("material_cooperation", "Events of quad class 2"),
        count("verbal_conflict", "Events of quad class 3"),
        count("material_conflict", "Events of quad class 4"),
    )


def sides() -> tuple[Column, Column]:
    """Events counted by whether the quad class is one of cooperation."""
    return (
        count("cooperation", "Events of quad classes 1 and 2"),
        count("conflict", "Events of quad classes 3 and 4"),
    )


def month() -> Column:
    """The month of a row."""
    return Column("month", "date", "First day of the month the event began in", required=True)


def stories() -> Column:
    """How often the events of a row were told."""
    return count("story_count", "Stories that tell of them")


def score(name: str, description: str, *, required: bool = True) -> Column:
    """A mean conflict-cooperation score."""
    return Column(
        name, "double", description, unit="score -10..+10", required=required, minimum=-10, maximum=10
    )


def intensity() -> Column:
    """The mean score of the events of a row; NULL where none of them occurred."""
    return score("mean_intensity", "Mean conflict-cooperation score of the events", required=False)


def dyad() -> tuple[Column, Column]:
    """Two countries, each unordered pair once."""
    return (
        country("country_a", "The alphabetically first country"),
        country("country_b", "The other country"),
    )


def meeting_party(letter: str) -> tuple[Column, ...]:
    """Who somebody is that meets another."""
    return (
        identifier(f"actor_{letter}_id", f"Party {letter}", references="actors.actor_id"),
        Column(f"actor_{letter}", "string", f"Name of party {letter}", required=True),
        Column(f"kind_{letter}", "string", "Country, body, person, …", required=True),
        Column(f"title_{letter}", "string", "Office or rank, in a text's words"),
        country(f"country_{letter}", f"Country of party {letter}"),
    )
