"""The commands, their options and their help; what each does is in the module of its name.

Nothing is imported here that a ``--help`` does not need.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assets.cli.errors import CommandError
from assets.cli.logs import LogFormat, say_error
from assets.cli.options import (
    EngineOption,
    FieldsOption,
    FromStage,
    GoneOption,
    HomeOption,
    LogFormatOption,
    SchemaFormat,
    SqlFormat,
    TraceFormat,
    WaitOption,
    WorkersOption,
)

app = typer.Typer(
    name="communique",
    help="Scraped news text in; a dated, sourced, queryable register of who did what to whom out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog="Example:  communique run inbox/2024-10 --batch october --workers 4")
def run(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, folders or globs, or s3://bucket/folder.", show_default=False
        ),
    ],
    batch: Annotated[
        str | None, typer.Option("--batch", help="Name of the batch.  [default: the folder's name]")
    ] = None,
    workers: WorkersOption = None,
    engine: EngineOption = None,
    home: HomeOption = None,
    show: Annotated[int, typer.Option("--show", min=0, help="Show so many events at the end.")] = 0,
    fields: FieldsOption = None,
    wait: WaitOption = None,
    log_format: LogFormatOption = LogFormat.text,
    gone: GoneOption = False,
) -> None:
    """Register files as a batch and bring the whole register up to date with them."""
    from assets.cli.run import run_command

    run_command(
        paths,
        batch=batch,
        workers=workers,
        engine=engine.value if engine else None,
        home=home,
        show=show,
        fields=fields,
        gone=gone,
        wait=wait,
    )


@app.command(epilog="Example:  communique rerun --batch october --from extract")
def rerun(
    batch: Annotated[str | None, typer.Option("--batch", help="Only this batch.")] = None,
    from_stage: Annotated[
        FromStage | None,
        typer.Option("--from", help="Do this stage and those after it again, even if up to date."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Do every stage again, even if up to date.")
    ] = False,
    workers: WorkersOption = None,
    engine: EngineOption = None,
    home: HomeOption = None,
    wait: WaitOption = None,
    log_format: LogFormatOption = LogFormat.text,
    gone: GoneOption = False,
) -> None:
    """Bring registered batches up to date: what is stale, or more on request.

    Rows of files that were removed go. A batch of which nothing at all is left keeps its rows, since a disk that
    is not mounted looks the same: --gone says that its files are gone for good.
    """
    from assets.cli.run import rerun_command

    stage = "ingest" if everything else from_stage.value if from_stage else None
    rerun_command(
        batch=batch,
        stage=stage,
        workers=workers,
        engine=engine.value if engine else None,
        home=home,
        gone=gone,
        wait=wait,
    )


@app.command(epilog="Example:  communique rollback --list")
def rollback(
    run_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN_ID]",
            help="The publication's run, or the beginning of its id.  [default: the one before]",
            show_default=False,
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the publications that are kept.")] = False,
    release: Annotated[bool, typer.Option("--release", help="Let runs publish again.")] = False,
    home: HomeOption = None,
) -> None:
    """Let readers see an earlier publication again, at once, and hold it there.

    Runs bring the lake up to date meanwhile and leave the published file alone, until --release, or until
    somebody asks for it with communique rerun --from publish.
    """
    from assets.cli.rollback import rollback_command

    rollback_command(run_id, listed=listed, release=release, home=home)


@app.command(epilog="Example:  communique verify --home data")
def verify(home: HomeOption = None) -> None:
    """Compare the published file and the lake, byte for byte, with what runs put there."""
    from assets.cli.verify import verify_command

    verify_command(home)


@app.command(
    epilog="Example:  communique forget https://harbour.example/2024/05/a-story --reason 'asked for by its author'"
)
def forget(
    identity: Annotated[
        str | None,
        typer.Argument(
            metavar="DOCUMENT_ID|URL",
            help="What to forget; with --undo also a tombstone's id.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; it is kept and shown.", show_default=False)
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let it come back with the next run.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show what was forgotten.")] = False,
    home: HomeOption = None,
) -> None:
    """Take a document out of the home at once, and pass over it whenever it comes again.

    Its text goes from every table, batch and kept file. A tombstone stays: digests, the day and the reason. An id stands
    for all texts that say the same; an address also for whatever else comes from there.
    """
    from assets.cli.forget import forget_command

    forget_command(identity, reason=reason, undo=undo, listed=listed, home=home)


@app.command(epilog="Example:  communique status --format json | jq .up_to_date")
def status(
    format_: Annotated[TraceFormat, typer.Option("--format", help="How it is written.")] = TraceFormat.text,
    home: HomeOption = None,
) -> None:
    """Show batches, counts per stage, what is stale and why, the last checks and the published file."""
    from assets.cli.status import status_command

    status_command(home, format_=format_.value)


@app.command(
    epilog='Example:  communique sql "SELECT event_type, count(*) FROM events GROUP BY ALL" --output types.xlsx'
)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="One query; without it, a prompt, or statements from standard input.", show_default=False
        ),
    ] = None,
    format_: Annotated[
        SqlFormat | None,
        typer.Option(
            "--format", help="How rows are written.  [default: what --output's suffix says, or table]"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Write to this file: .csv, .tsv, .json, .parquet, .xlsx or .txt."),
    ] = None,
    no_header: Annotated[
        bool, typer.Option("--no-header", help="Leave the column names out of csv and tsv.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Query the published warehouse, read-only.

    In .xlsx files, texts that a spreadsheet could take for a formula begin with an apostrophe; the other formats
    hold every value as it is.
    """
    from assets.cli.sql import sql_command

    sql_command(
        query, format_=format_.value if format_ else None, output=output, home=home, header=not no_header
    )


@app.command(epilog="Example:  communique trace 0a1b2c3d4e5f60718293 --format json")
def trace(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A mention's id, or a document's.")],
    format_: Annotated[TraceFormat, typer.Option("--format", help="How it is written.")] = TraceFormat.text,
    home: HomeOption = None,
) -> None:
    """Show the way back: mention, sentence, body, record, and the bytes of the file it came from."""
    from assets.cli.trace import trace_command

    trace_command(identity, format_=format_.value, home=home)


@app.command(epilog="Example:  communique metrics --output /var/lib/node_exporter/communique.prom")
def metrics(
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Write to this file, replaced as a whole, instead of standard output."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Print figures for Prometheus: runs, stages, failed checks, and what is published."""
    from assets.cli.metrics import metrics_command

    metrics_command(output=output, home=home)


@app.command(epilog="Example:  communique migrate --home data")
def migrate(home: HomeOption = None) -> None:
    """After an upgrade: bring a home's layout, and Dagster's own storage in it, up to this version."""
    from assets.cli.migrate import migrate_command

    migrate_command(home)


@app.command(epilog="Example:  communique schema --format markdown > docs/dictionary.md")
def schema(
    format_: Annotated[
        SchemaFormat, typer.Option("--format", help="How it is written.")
    ] = SchemaFormat.table,
) -> None:
    """Print the data dictionary."""
    from assets.cli.schema import schema_command

    schema_command(format_.value)


@app.command(epilog="Example:  communique clean articles.jsonl > cleaned.jsonl")
def clean(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON lines; - reads standard input.")],
    fields: FieldsOption = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Tell of every line: kept, or dropped, why, and what that rests on."),
    ] = False,
) -> None:
    """Clean texts without a warehouse: JSON lines in, JSON lines out.

    The input is read twice: lines that several texts of one site share are learnt from it first.
    """
    from assets.cli.clean import clean_command

    clean_command(file, fields=fields, explained=explain)


@app.command(
    epilog="Example:  echo 'Norway and Chile signed a trade pact on 3 May 2021.' | communique extract -"
)
def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON lines or one plain text; - reads standard input.")
    ],
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Tell in plain words what fired, with which arguments, and what was left out."
        ),
    ] = False,
) -> None:
    """Read events out of clean texts without a warehouse: JSON lines or one plain text in, JSON lines out."""
    from assets.cli.texts import extract_command

    extract_command(file, explained=explain)


@app.command(epilog="Example:  communique publish postgresql://ana@db.example.org/news")
def publish(
    dsn: Annotated[
        str | None,
        typer.Argument(
            metavar="postgresql://…",
            help="Where to (COMMUNIQUE_POSTGRES_DSN). A password is best left to PGPASSWORD or ~/.pgpass.",
            show_default=False,
        ),
    ] = None,
    schema: Annotated[
        str, typer.Option("--schema", help="The schema that readers query, replaced as a whole.")
    ] = "communique",
    force: Annotated[bool, typer.Option("--force", help="Publish again what is there already.")] = False,
    home: HomeOption = None,
) -> None:
    """Load the published tables into PostgreSQL, switched in at once.

    Readers go on reading what is there until the new tables are complete; the role communique_reader may read them.
    """
    from assets.cli.publish import publish_command

    publish_command(dsn, schema=schema, force=force, home=home)


@app.command(epilog="Example:  communique explore --port 8600 --open")
def explore(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 8600,
    home: HomeOption = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Look at events and their evidence on web pages, on this machine only."""
    from assets.cli.explore import explore_command

    explore_command(port, home, open_page=open_page)


@app.command(epilog="Example:  communique dev --port 3000")
def dev(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on 127.0.0.1.")] = 3000,
    web: Annotated[
        bool, typer.Option("--web/--no-web", help="With Dagster's page, or its daemon alone.")
    ] = True,
    home: HomeOption = None,
) -> None:
    """Start Dagster's web page and daemon over this home, on this machine only: what comes to the inbox is done."""
    from assets.cli.dev import dev_command

    dev_command(port, home, web=web)


def main() -> None:
    """The console script. A user's mistake is told in one line, without a traceback."""
    from pipelines.collector import collect_seldom, end_at_once
    from warehouse.batches import BatchError
    from warehouse.home import HomeError
    from warehouse.reader import NotPublishedError
    from warehouse.remote.addresses import StoreError
    from warehouse.space import FULL, is_full

    collect_seldom()
    end_at_once()
    try:
        _check_settings()
        app()
    except CommandError as error:
        _leave(str(error), error.code)
    except (HomeError, BatchError, NotPublishedError, StoreError) as error:
        _leave(str(error), 2)
    except BrokenPipeError:
        # Whoever read our output has gone, which is their right; Python would complain while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as error:
        if not is_full(error):
            raise
        _leave(FULL, 1)


def _check_settings() -> None:
    """Have a wrong setting told by every command at once, not by some of them far into their work."""
    if {"--help", "-h"} & set(sys.argv) or not any(name.startswith("COMMUNIQUE_") for name in os.environ):
        return
    from assets.settings import SettingsError, read_settings

    try:
        read_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _leave(message: str, code: int) -> None:
    say_error(message)
    raise SystemExit(code)
