"""Tables about the work itself: runs and the result of every expectation."""

from __future__ import annotations

from warehouse.tables.common import BATCH_PATTERN, count
from warehouse.tables.model import Column, Table

CHECK_KINDS = ("schema", "rows", "relations", "drift")
RUN_ID = Column("run_id", "string", "The orchestrator's id of the run", required=True)

QUALITY_RESULTS = Table(
    name="quality_results",
    row="the result of one expectation in one run",
    description="Every check that was made, passed or not.",
    stage="operations",
    scope="all",
    columns=(
        RUN_ID,
        Column("batch", "string", "The batch that was checked; NULL for tables over all batches", pattern=BATCH_PATTERN),
        Column("table_name", "string", "The table that was checked", required=True),
        Column("kind", "string", "Sort of check: the columns of a file, its rows, tables with each other, a batch with earlier ones", allowed=CHECK_KINDS),
        Column("expectation", "string", "What was expected", required=True),
        Column("column_name", "string", "The column it is about, NULL for the whole table"),
        Column("severity", "string", "Critical stops the run, warning is shown", required=True, allowed=("critical", "warning")),
        Column("reason", "string", "Why this is expected, in plain words"),
        Column("success", "boolean", "Whether the data met it", required=True),
        Column("observed", "string", "What was seen, where that is not a number of rows"),
        Column("error", "string", "Why it could not be evaluated; then it is no success"),
        Column("row_count", "bigint", "Rows that were looked at one by one, NULL where a query looked at whole tables", unit="count", minimum=0),
        count("unexpected_count", "Rows that did not meet it"),
        Column("quarantined_count", "bigint", "Rows of these that were set aside in quarantine while the batch went on", unit="count", minimum=0),
        Column("examples", "string", "Up to five offending rows, one a line, named by their key"),
        Column("checked_at", "timestamp", "When it was checked (UTC)", required=True),
    ),
    sort=("checked_at", "table_name", "expectation"),
)  # fmt: skip

RUNS = Table(
    name="runs",
    row="one run of the pipeline over one batch",
    description="What was run when, and how it ended.",
    stage="operations",
    scope="all",
    columns=(
        RUN_ID,
        Column("batch", "string", "The batch", pattern=BATCH_PATTERN),
        Column("started_at", "timestamp", "When it began (UTC)", required=True),
        Column("finished_at", "timestamp", "When it ended (UTC)"),
        Column(
            "outcome", "string", "How it ended; committed means that only some stages were run, and the lake took their files",
            required=True, allowed=("published", "committed", "failed"),
        ),
        count("documents", "Documents in the register after it"),
        count("mentions", "Mentions in the register after it"),
        Column("software_version", "string", "Version of the software that ran", required=True),
        count("sequence", "Place in the order of runs, which holds even where the clock was set back"),
    ),
    key=("run_id",),
    sort=("sequence", "started_at"),
)  # fmt: skip

RUN_STAGES = Table(
    name="run_stages",
    row="one stage of a run that had something to do",
    description=(
        "How long each stage took and how much it did. The last run's publication is not in it: the file is "
        "finished before that is known."
    ),
    stage="operations",
    scope="all",
    columns=(
        RUN_ID,
        Column("stage", "string", "The stage", required=True),
        Column("batch", "string", "The batch that it was done for; NULL for the stages over all batches", pattern=BATCH_PATTERN),
        Column("started_at", "timestamp", "When it began (UTC)", required=True),
        Column("seconds", "double", "How long it took", unit="s", required=True, minimum=0),
        count("amount", "How much was done"),
        Column("unit", "string", "What amount counts", required=True),
        Column("note", "string", "What it came to, in a few words", required=True),
    ),
    sort=("started_at", "run_id", "stage", "batch"),
)  # fmt: skip

TABLES = (QUALITY_RESULTS, RUNS, RUN_STAGES)
