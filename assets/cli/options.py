"""What commands can be asked for in more than one place: formats, and options that several of them have."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assets.cli.logs import LogFormat, choose


class Engine(StrEnum):
    """Where chunks are worked on."""

    local = "local"
    ray = "ray"


class SqlFormat(StrEnum):
    """How rows are written."""

    table = "table"
    lines = "lines"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"


class SchemaFormat(StrEnum):
    """How the data dictionary is written."""

    table = "table"
    markdown = "markdown"
    sql = "sql"
    json = "json"
    mermaid = "mermaid"


class TraceFormat(StrEnum):
    """How the way back is written."""

    text = "text"
    json = "json"


class FromStage(StrEnum):
    """The stage from which to start over."""

    ingest = "ingest"
    learn = "learn"
    share = "share"
    clean = "clean"
    extract = "extract"
    resolve = "resolve"
    publish = "publish"


def _choose_log_format(value: LogFormat) -> LogFormat:
    choose(value)
    return value


HomeOption = Annotated[
    str | None,
    typer.Option(
        "--home",
        metavar="FOLDER|ADDRESS",
        help="Where the warehouse lives: a folder, or s3://bucket/folder (COMMUNIQUE_HOME).  [default: ./data]",
        show_default=False,
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that clean and extract.")
]
FieldsOption = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="FIELD=NAME,...",
        help="Names of your own keys or columns: text=Inhalt,date=Datum,url=Adresse.",
        show_default=False,
    ),
]
LogFormatOption = Annotated[
    LogFormat,
    typer.Option(
        "--log-format",
        envvar="COMMUNIQUE_LOG_FORMAT",
        help="How what happens is told on standard error.",
        callback=_choose_log_format,
    ),
]
GoneOption = Annotated[
    bool,
    typer.Option("--gone", help="Remove the rows of batches of which no file is left; without it they stay."),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        "--wait",
        min=0,
        metavar="SECONDS",
        help="How long to wait for another run that is writing.  [default: 600]",
        show_default=False,
    ),
]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine", help="Where documents are cleaned and read (COMMUNIQUE_ENGINE).  [default: local]"
    ),
]
