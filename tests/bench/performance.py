"""Make docs/performance.md with its pictures, and docs/scale.md, from the figures in docs/performance/.

What belongs here: figures as tables and curves, and what they show and do not show. What does not: measuring.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

import matplotlib
import matplotlib.pyplot as plt

from tests.bench import scale_page
from tests.bench.figures import FOLDER, read
from tests.bench.tables import Rows, largest, markdown

DOCS = FOLDER.parent
TEXT = Path(__file__).parent / "data" / "performance.md"


def main() -> None:
    """Write the page and the pictures."""
    matplotlib.use("svg")
    # Equal figures make equal files: no date, and no ids drawn by chance.
    matplotlib.rcParams["svg.hashsalt"] = "communique"
    matplotlib.rcParams["svg.fonttype"] = "none"
    _curves(read("scale"), DOCS / "images" / "performance-scale.svg")
    _bars(largest(read("stages")), DOCS / "images" / "performance-stages.svg")
    page = Template(TEXT.read_text("utf-8")).substitute(
        note=_note(), whole=_whole(), margin=_margin(), stages=_stages(), cleaning=_tools("cleaning"),
        copies=_tools("copies"), resolving=_resolving(), scale=_scale(),
    )  # fmt: skip
    (DOCS / "performance.md").write_text(page, "utf-8")
    (DOCS / "scale.md").write_text(scale_page.page(), "utf-8")


def _note() -> str:
    most = max(int(row["documents"]) for row in read("scale"))
    return f"The largest run that is measured here was over {most:,} documents."


def _whole() -> str:
    rows = (
        (
            f"{int(row['documents']):,}",
            row["workers"],
            _rate(row["documents"], row["our_cpu"], 1),
            _rate(row["documents"], row["spacy_cpu"], 1),
            f"**{float(row['cpu_ratio']):.2f}**",
            f"{float(row['wall_ratio']):.2f}",
            f"{float(row['our_peak']):,.0f}",
            f"{float(row['spacy_peak']):,.0f}",
        )
        for row in read("spacy")
    )
    heads = (
        "documents", "processes", "run, documents a CPU second", "spaCy, documents a CPU second", "ratio by CPU",
        "ratio by wall", "run, peak MB", "spaCy, peak MB",
    )  # fmt: skip
    return markdown(heads, rows)


def _margin() -> str:
    """What a further document costs: the difference between the smallest and the largest size."""
    rows = sorted(read("spacy"), key=lambda row: int(row["documents"]))
    first, last = rows[0], rows[-1]
    more = int(last["documents"]) - int(first["documents"])
    if not more or first["workers"] != last["workers"]:
        return ""
    ours, theirs = ((float(last[who]) - float(first[who])) / more for who in ("our_cpu", "spacy_cpu"))
    return (
        f"From {int(first['documents']):,} to {int(last['documents']):,} documents, each further one takes "
        f"{ours * 1000:.0f} ms of CPU in our run and {theirs * 1000:.0f} ms in spaCy's: **{theirs / ours:.2f}** times "
        "as many. The rest is start-up, models loaded by every worker, and checks, whatever the number of documents."
    )


def _stages() -> str:
    parts = largest(read("stages"))
    total = sum(float(row["cpu"]) for row in parts)
    title = f"{int(parts[0]['documents']):,} documents, {parts[0]['workers']} workers"
    rows = (
        (
            row["part"],
            f"{float(row['wall']):.1f}",
            f"{float(row['cpu']):.1f}",
            f"{float(row['cpu']) / total:.0%}",
            _rate(row["documents"], row["wall"]),
        )
        for row in parts
    )
    return markdown((title, "wall, s", "CPU, s", "share of CPU", "documents a wall second"), rows)


def _tools(name: str) -> str:
    rows = (
        (
            row["tool"],
            f"{int(row['documents']):,}",
            _rate(row["documents"], row["cpu"]),
            f"{float(row['precision']):.4f}",
            f"{float(row['recall']):.4f}",
            f"{_f1(float(row['precision']), float(row['recall'])):.4f}",
        )
        for row in read(name)
    )
    return markdown(("tool", "documents", "documents a CPU second", "precision", "recall", "F1"), rows)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _resolving() -> str:
    rows = (
        (
            row["way"],
            f"{int(row['mentions']):,}",
            f"{float(row['cpu']):.2f}",
            _rate(row["mentions"], row["cpu"]),
            f"{int(row['events']):,}",
        )
        for row in read("resolving")
    )
    return markdown(("way", "mentions", "CPU, s", "mentions a CPU second", "events"), rows)


def _scale() -> str:
    alone = {row["documents"]: float(row["wall"]) for row in read("scale") if row["workers"] == "1"}
    rows = (
        (
            f"{int(row['documents']):,}",
            row["workers"],
            f"{float(row['wall']):,.0f}",
            f"{float(row['cpu']):,.0f}",
            _rate(row["documents"], row["wall"], 1),
            f"{float(row['peak']):,.0f}",
            f"{alone[row['documents']] / float(row['wall']):.2f}" if row["documents"] in alone else "",
        )
        for row in read("scale")
    )
    heads = (
        "documents",
        "workers",
        "wall, s",
        "CPU, s",
        "documents a wall second",
        "peak PSS, MB",
        "times one worker",
    )
    return markdown(heads, rows)


def _rate(count: str, took: str, digits: int = 0) -> str:
    return f"{float(count) / float(took):,.{digits}f}"


def _curves(rows: Rows, target: Path) -> None:
    """Wall seconds and peak memory over documents, a line for each number of workers."""
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for workers in sorted({row["workers"] for row in rows}):
        points = sorted(
            (int(row["documents"]), float(row["wall"]), float(row["peak"]))
            for row in rows
            if row["workers"] == workers
        )
        documents, walls, peaks = zip(*points, strict=True)
        label = f"{workers} worker" + "s" * (workers != "1")
        time.plot(documents, walls, marker="o", label=label)
        memory.plot(documents, peaks, marker="o", label=label)
    for axes, title, unit in (
        (time, "time of the whole run", "wall seconds"),
        (memory, "peak memory", "MB (PSS)"),
    ):
        axes.set(title=title, xlabel="documents", ylabel=unit, xscale="log")
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
    time.set(yscale="log")
    memory.set(ylim=(0, None))
    _write(figure, target)


def _bars(rows: Rows, target: Path) -> None:
    """Where the CPU time of a run goes."""
    figure, axes = plt.subplots(figsize=(9, 3.2), layout="constrained")
    axes.barh([row["part"] for row in rows], [float(row["cpu"]) for row in rows])
    axes.invert_yaxis()
    axes.set(
        title=f"CPU seconds of a run over {int(rows[0]['documents']):,} documents, {rows[0]['workers']} workers",
        xlabel="CPU seconds",
    )
    axes.grid(visible=True, axis="x", alpha=0.3)
    _write(figure, target)


def _write(figure: matplotlib.figure.Figure, target: Path) -> None:
    figure.savefig(target, format="svg", metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
