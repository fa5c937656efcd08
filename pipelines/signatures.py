"""What an article's words look like to whoever seeks near-copies: shingles, their digest, MinHash bands.

A signature is made once, when a text is cleaned, and kept; seeking copies then only compares what is kept. What
belongs here: words to signatures, and the exact similarity of two texts. What does not: which texts to
compare, and stories (``resolve.stories``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rensa import RMinHash

from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

SHINGLE = 4  # words
BANDS = 16
BAND_ROWS = 6  # minima a band: texts of similarity .8 share a band in 99 of 100 cases, of .5 in 22
BAND_DIGITS = 12  # hexadecimal digits of a band in ``document_signatures.bands``

_SEED = 7
_WORD = re.compile(r"\w+")
_WORDS_REMEMBERED = 1 << 17
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SIGNATURES = table("document_signatures")

Hashes = npt.NDArray[np.uint64]


def shingles(body: str) -> Hashes:
    """The hashes of all runs of four words, case folded, sorted, each once.

    A text of fewer words is a single shingle. Hashes have 64 bits: that two different runs meet in one does
    not happen in practice.
    """
    words = list(map(_hash, _WORD.findall(body)))
    hashed = np.array(words or [0], dtype=np.uint64)
    size = min(SHINGLE, len(hashed))
    runs = np.full(len(hashed) - size + 1, size, dtype=np.uint64)
    for place in range(size):
        runs = runs * _MULTIPLIER + hashed[place : place + len(runs)]
    return np.unique(_mixed(runs))


def similarity(first: Hashes, second: Hashes) -> float:
    """Jaccard similarity: the share of shingles that two texts have in common."""
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)


def sign(documents: pa.Table) -> pa.Table:
    """The rows of ``document_signatures`` for rows of ``documents``, in their order.

    Needs the columns ``document_id``, ``batch`` and ``body``; empty for no documents.
    """
    sets = [shingles(body) for body in documents.column("body").to_pylist()]
    columns = {
        "document_id": documents.column("document_id"),
        "batch": documents.column("batch"),
        "text_hash": pa.array([_text_hash(one) for one in sets], pa.int64()),
        "shingles": pa.array([len(one) for one in sets], pa.int32()),
        "bands": pa.array(_bands(sets), pa.string()),
    }
    return pa.table(columns).cast(stored_schema(_SIGNATURES))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _hash(word: str) -> int:
    folded = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(folded, digest_size=8).digest(), "little")


def _mixed(values: Hashes) -> Hashes:
    """The same values with their bits spread: sums of neighbouring runs lie too regularly for MinHash."""
    return (values ^ (values >> np.uint64(31))) * _MIX


def _text_hash(hashes: Hashes) -> int:
    digest = blake2b(hashes.astype("<u8").tobytes(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _bands(sets: Sequence[Hashes]) -> list[str]:
    """For each set its bands' hashes, joined."""
    if not sets:
        return []
    borders = np.cumsum([0, *map(len, sets)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(sets), borders, BANDS * BAND_ROWS, _SEED
    )
    minima = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(sets), BANDS, BAND_ROWS)
    bands = np.zeros((len(sets), BANDS), dtype=np.uint64)
    for place in range(BAND_ROWS):
        bands = _mixed(bands * _MULTIPLIER + minima[:, :, place])
    shown = bands >> np.uint64(64 - 4 * BAND_DIGITS)
    return ["".join(f"{band:0{BAND_DIGITS}x}" for band in row) for row in shown.tolist()]
