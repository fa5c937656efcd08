"""The parser's matrix products by numpy: its BLAS is several times as fast on new processors as the one spaCy brings.

A word's parse must not depend on what else is parsed beside it. numpy's BLAS takes other ways for a handful of rows than
for many, and rounds differently there; so a few rows are filled up to a number from which on each row comes out the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_limits

_FEWEST_ROWS = 16
Floats = NDArray[np.float32]


class RowwiseOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations on numpy arrays, with products whose rows do not depend on how many there are."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """``x @ y`` of shapes (n, k) and (k, m), either of them transposed first where that is asked for."""
        rows = x.shape[0]
        if rows >= _FEWEST_ROWS or trans1 or out is not None:
            return self._product(x, y, out=out, trans1=trans1, trans2=trans2)
        filled = np.zeros((_FEWEST_ROWS, x.shape[1]), dtype=x.dtype)
        filled[:rows] = x
        return self._product(filled, y, trans2=trans2)[:rows]

    def _product(self, x: Floats, y: Floats, **how: Any) -> Floats:
        product: Floats = super().gemm(x, y, **how)
        return product


@contextmanager
def rowwise() -> Iterator[None]:
    """Models that are loaded in here compute with ``RowwiseOps``; from then on numpy uses one thread in this process.

    More than one thread would be taken from the other workers.
    """
    threadpool_limits(1, user_api="blas")
    before = get_current_ops()
    set_current_ops(RowwiseOps())
    try:
        yield
    finally:
        set_current_ops(before)
