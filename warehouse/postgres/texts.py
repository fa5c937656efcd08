"""Texts as PostgreSQL can hold them: it knows no NUL character and no bytes that are not UTF-8.

What it cannot hold becomes U+FFFD, one for one, so that every offset into the text still fits.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa

_REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch, with what PostgreSQL cannot hold replaced; the very same batch where there is nothing."""
    before = batch.columns
    columns = [_storable(column) for column in before]
    if all(new is old for new, old in zip(columns, before, strict=True)):
        return batch
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def clean(raw: bytes) -> str:
    """A text from bytes that should be UTF-8: a NUL, a lone surrogate or a stray byte is one U+FFFD each."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def _storable(column: Any) -> Any:
    if not pa.types.is_string(column.type) or _is_storable(column):
        return column
    raw = column.cast(pa.binary()).to_pylist()
    return pa.array([None if value is None else clean(value) for value in raw], pa.string())


def _is_storable(column: Any) -> bool:
    data = column.buffers()[2]
    if data is not None and len(data) and not np.frombuffer(data, np.uint8).all():
        return False
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
