"""The fit of the confidence weights."""

import numpy as np
from calibrate import fit, held_out


def test_the_fit_finds_what_made_the_data() -> None:
    rng = np.random.default_rng(3)
    features = np.column_stack([np.ones(4000), rng.integers(0, 2, 4000), rng.integers(0, 2, 4000)]).astype(
        float
    )
    truth = np.array([-0.5, 1.5, -1.0])
    right = (rng.random(4000) < 1 / (1 + np.exp(-features @ truth))).astype(float)
    assert np.allclose(fit(features, right), truth, atol=0.25)


def test_held_out_probabilities_are_close_to_the_share_that_is_right() -> None:
    rng = np.random.default_rng(4)
    features = np.column_stack([np.ones(2000), rng.integers(0, 2, 2000)]).astype(float)
    right = (rng.random(2000) < np.where(features[:, 1] > 0, 0.9, 0.4)).astype(float)
    probability = held_out(features, right)
    assert abs(probability[features[:, 1] > 0].mean() - 0.9) < 0.05
    assert abs(probability[features[:, 1] == 0].mean() - 0.4) < 0.05
