"""What large archives would cost, from the figures of the largest run that was measured: docs/scale.md.

What belongs here: assumptions about archives and prices, and multiplication. What does not: measuring.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.bench.figures import read
from tests.bench.tables import largest, markdown

TEXT = Path(__file__).parent / "data" / "scale.md"
_CORE_CENTS = 5.0  # US cents for a virtual core and hour
_STORAGE_CENTS = 2.3  # US cents for a gigabyte and month of object storage
_MILLION = 1_000_000
_SPREAD = ("ingest", "learn", "clean", "extract")  # what many machines share
_EFFICIENCY = 0.85  # of what a core does alone, where many share machines
_UNREAD = 0.2  # share of a document's work that one in another language takes
_HOME = 20.0  # millions of documents in one home
_MACHINES = (1, 10, 50)
_CORES = 16  # of each


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive: millions of documents, and the share of them that is in English."""

    name: str
    millions: float
    english: float


ARCHIVES = (
    Archive("ten years of a national press archive", 18, 1.0),
    Archive("Common Crawl's news archive", 1_350, 0.35),
    Archive("the articles behind GDELT", 2_900, 0.33),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a million documents take: CPU hours that machines can share, hours of one process, and GB kept."""

    spread: float
    single: float
    publish_minutes: float
    kept: float


def page() -> str:
    """The text of docs/scale.md."""
    cost, parts = _cost(), largest(read("stages"))
    return Template(TEXT.read_text("utf-8")).substitute(
        documents=f"{int(parts[0]['documents']):,}",
        workers=parts[0]["workers"],
        cost=_cost_table(cost),
        core_cents=f"{_CORE_CENTS:g}",
        storage_cents=f"{_STORAGE_CENTS:g}",
        archives=_archives(cost),
        efficiency=f"{_EFFICIENCY:.0%}",
        single=f"{cost.single:.1f}",
        home=f"{_HOME:g}",
        publish=f"{cost.publish_minutes:.0f} minutes",
    )


def _cost() -> Cost:
    """Per million documents, all costs of the largest run taken as growing with its documents."""
    parts = largest(read("stages"))
    times = _MILLION / int(parts[0]["documents"])
    cpu = {row["part"]: float(row["cpu"]) * times / 3600 for row in parts}
    spread = sum(cpu[part] for part in _SPREAD)
    publish = next(float(row["wall"]) for row in parts if row["part"] == "publish") * times / 60
    kept = float(largest(read("scale"))[0]["kept"]) * times / 1024
    return Cost(spread, sum(cpu.values()) - spread, publish, kept)


def _cost_table(cost: Cost) -> str:
    hours = cost.spread + cost.single
    return markdown(
        ("a million documents", ""),
        [
            ("CPU hours, cleaning and extraction", f"{cost.spread:.1f}"),
            ("CPU hours, all else (one process)", f"{cost.single:.1f}"),
            ("computing, US dollars", f"{hours * _CORE_CENTS / 100:.2f}"),
            ("home on disk, GB", f"{cost.kept:.0f}"),
            ("keeping it for a year, US dollars", f"{cost.kept * _STORAGE_CENTS * 12 / 100:.0f}"),
        ],
    )


def _archives(cost: Cost) -> str:
    rows = []
    for archive in ARCHIVES:
        share = archive.english + (1 - archive.english) * _UNREAD
        spread, single = (
            archive.millions * share * cost.spread,
            archive.millions * archive.english * cost.single,
        )
        rows.append(
            (
                archive.name,
                f"{archive.millions:,.0f}",
                f"{spread + single:,.0f}",
                *(_days(_hours(archive, spread, single, count)) for count in _MACHINES),
                f"{(spread / _EFFICIENCY + single) * _CORE_CENTS / 100:,.0f}",
                f"{archive.millions * cost.kept / 1024:,.1f}",
            )
        )
    heads = (
        "archive",
        "documents, millions",
        "CPU hours",
        *(f"{count} × {_CORES} cores" for count in _MACHINES),
        "computing, US dollars",
        "home, TB",
    )
    return markdown(heads, rows)


def _hours(archive: Archive, spread: float, single: float, machines: int) -> float:
    """Hours on so many machines: those with a home of their own resolve and publish at once."""
    homes = math.ceil(archive.millions / _HOME)
    return spread / (machines * _CORES * _EFFICIENCY) + single / min(homes, machines)


def _days(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:,.0f} days"
