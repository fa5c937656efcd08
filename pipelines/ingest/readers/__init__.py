"""One module per format; a new format is one more module and its line here and in ``data/formats.csv``."""

from pipelines.ingest.readers import csv_rows, feed, html, json_document, json_lines, parquet, text, warc
from pipelines.ingest.records import Reader

READERS: dict[str, Reader] = {
    "txt": text.read,
    "html": html.read,
    "jsonl": json_lines.read,
    "json": json_document.read,
    "csv": csv_rows.read,
    "tsv": csv_rows.read,
    "parquet": parquet.read,
    "warc": warc.read,
    "feed": feed.read,
}

__all__ = ["READERS"]
