"""Draws come again: the same seed, name and page give the same numbers, and nothing else changes them."""

from __future__ import annotations

import numpy as np
import pytest

from zt_planner.engine.simulation.draws import PAGE, RandomSource, factor_of, forget_draws, normals

SOURCE = RandomSource(1, 0.3)


def test_the_same_seed_gives_the_same_draws_and_another_one_others() -> None:
    first = normals(1, "effort:kickoff", 0)
    assert np.array_equal(first, normals(1, "effort:kickoff", 0))
    others = (normals(2, "effort:kickoff", 0), normals(1, "effort:inventory", 0), normals(1, "effort:kickoff", 1))
    assert not any(np.array_equal(first, other) for other in others)


def test_the_numbers_are_these_on_every_machine() -> None:
    assert normals(1, "effort:kickoff", 0)[[1, 3, 5]] == pytest.approx([2.642508, 1.478633, 0.056437], abs=1e-5)


def test_a_page_begins_with_the_estimate_and_every_draw_has_its_mirror_image() -> None:
    for name in ("a", "b"):
        result = SOURCE.deviates(name, 3)
        assert (result.normals[0], result.log_odds[0], result.bend[0]) == (0, 0, 0)
        assert result.normals.size == PAGE + 1
        assert np.array_equal(result.normals[2::2], -result.normals[1::2])


def test_every_quantity_is_standard_normal_whatever_it_shares() -> None:
    for correlation in (0.0, 0.3, 1.0):
        result = RandomSource(5, correlation).deviates("a", 0).normals[1:]
        assert abs(result.std() - 1) < 4 / (2 * PAGE / 2) ** 0.5
        assert result.mean() == pytest.approx(0, abs=1e-6)


def test_the_first_page_is_remembered() -> None:
    wide, narrow = factor_of(0.5, 2), factor_of(0.9, 1.1)
    before = SOURCE.factors("a", wide)
    assert SOURCE.factors("a", factor_of(0.5, 2)).base is before.base
    assert SOURCE.factors("a", narrow).base is not before.base
    assert np.array_equal(SOURCE.factors("a", wide, count=7), before[:8])
    forget_draws()
    assert SOURCE.factors("a", wide).base is not before.base
    assert np.array_equal(SOURCE.factors("a", wide), before)
    assert not np.array_equal(SOURCE.factors("a", wide, page=1), before)
