"""The parser's matrix products: right, and the same for a row whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import NumpyOps, get_current_ops

from pipelines.extract.extractor import Extractor
from pipelines.extract.matrices import RowwiseOps, rowwise


def matrix(rows: int, columns: int, seed: int = 7) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(seed).standard_normal((rows, columns)).astype("float32")


@pytest.mark.parametrize("rows", [1, 2, 5, 15, 16, 17, 300])
def test_products_are_those_of_spacy(rows: int) -> None:
    x, y = matrix(rows, 96), matrix(288, 96, seed=8)
    np.testing.assert_allclose(
        RowwiseOps().gemm(x, y, trans2=True), NumpyOps().gemm(x, y, trans2=True), rtol=1e-4, atol=1e-4
    )
    np.testing.assert_allclose(
        RowwiseOps().gemm(x, x, trans1=True), NumpyOps().gemm(x, x, trans1=True), rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("width", [96, 288, 576])
def test_a_row_does_not_depend_on_the_others(width: int) -> None:
    x, y = matrix(400, width), matrix(288, width, seed=8)
    whole = RowwiseOps().gemm(x, y, trans2=True)
    for rows in (*range(1, 40), 64, 127, 333):
        some = RowwiseOps().gemm(x[3 : 3 + rows], y, trans2=True)
        # Equal to the last bit on the processors that we have; no BLAS promises that for all.
        np.testing.assert_allclose(some, whole[3 : 3 + rows], rtol=1e-6, atol=1e-5)


def test_a_parse_does_not_depend_on_what_is_parsed_beside_it() -> None:
    nlp = Extractor.load()._nlp
    texts = ["Police fired.", "Two envoys met in Lima on Monday and signed what both had drafted.", "No."]
    alone = [nlp(text).to_json() for text in texts]
    assert [doc.to_json() for doc in nlp.pipe(texts * 30, batch_size=90)] == alone * 30


def test_the_result_is_written_where_it_is_asked_for() -> None:
    x, y = matrix(3, 8), matrix(8, 4)
    out = np.empty((3, 4), dtype="float32")
    assert RowwiseOps().gemm(x, y, out=out) is out
    np.testing.assert_allclose(out, x @ y, rtol=1e-5)


def test_only_what_is_loaded_inside_computes_that_way() -> None:
    before = get_current_ops()
    with rowwise():
        assert isinstance(get_current_ops(), RowwiseOps)
    assert get_current_ops() is before
