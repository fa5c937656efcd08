"""What each batch looks like, in numbers: for charts, and for noticing a batch that is unlike those before it."""

from __future__ import annotations

from warehouse.tables.common import batch, count
from warehouse.tables.model import Column, RowRule, Table


def _share(name: str, description: str) -> Column:
    return Column(name, "double", description, unit="share", minimum=0, maximum=1)


BATCH_PROFILES = Table(
    name="batch_profiles",
    row="a batch",
    description="How much came with each batch, what was refused, and what was found in the rest.",
    stage="publish",
    scope="all",
    columns=(
        batch(),
        Column("first_seen_at", "timestamp", "When its first input was read (UTC)", required=True),
        count("inputs", "Input records", minimum=1),
        count("duplicates", "Inputs whose content the register has already"),
        count("rejected", "Inputs that could not be used, or were set aside"),
        count("documents", "Articles that the register has from it"),
        count("undated", "Articles without a publication date"),
        count("not_english", "Articles in another language than English, or in none that could be told"),
        count("mentions", "Mentions of events in its articles"),
        _share("rejected_share", "rejected / inputs"),
        _share("undated_share", "undated / documents; NULL where there are none"),
        _share("not_english_share", "not_english / documents; NULL where there are none"),
        Column("mentions_per_document", "double", "mentions / documents; NULL where there are none", unit="mentions", minimum=0),
    ),
    key=("batch",),
    sort=("first_seen_at", "batch"),
    rules=(
        RowRule(
            "inputs_add_up", "inputs = documents + duplicates + rejected",
            "Every input becomes an article, or equals one, or is refused",
        ),
    ),
)  # fmt: skip

TABLES = (BATCH_PROFILES,)
