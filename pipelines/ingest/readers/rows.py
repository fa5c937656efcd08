"""What JSON, CSV and Parquet share: from one object or row to a record or its refusal."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.ingest.fields import read_fields
from pipelines.ingest.naming import Given
from pipelines.ingest.records import Record, Refusal, Rejection

_KINDS = {list: "list", str: "text", int: "number", float: "number", bool: "truth value", type(None): "null"}


def record_of(
    number: int, value: object, raw: bytes, encoding: str | None, given: Given = ()
) -> Record | Refusal:
    """The record that a decoded JSON value or table row stands for; a Refusal where no field holds text.

    ``given`` are the user's own names of fields.
    """
    if not isinstance(value, Mapping):
        return Refusal.of(number, Rejection("not-an-object", kind=kind_of(value)), raw)
    fields = read_fields(value, given)
    if fields is None:
        return Refusal.of(number, Rejection("no-text-field", fields=shown_names(list(value))), raw)
    return Record(number, fields, encoding, raw)


def kind_of(value: object) -> str:
    """What a JSON value that is no object is called in a sentence."""
    return _KINDS.get(type(value), type(value).__name__)


def shown_names(names: list[object]) -> str:
    """Field names for a sentence."""
    return ", ".join(str(name) for name in names[:20]) or "none"
