"""Distributions: three points are met exactly, and draws of whatever has a quantile function are spread as it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, exp, log, pi
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from zt_planner.engine.simulation.draws import (
    PAGE,
    Z90,
    Constant,
    Deviates,
    Distribution,
    Metalog,
    RandomSource,
    SplitLognormal,
    factor_of,
)
from zt_planner.engine.simulation.ranges import is_skewed

Values = NDArray[np.float64]
DRAWS = 10 * PAGE
STANDARD_ERRORS = 4


@dataclass(frozen=True)
class Quantiles:
    """Whatever has a quantile function: of a share of 0 to 1, the value below which that share lies."""

    function: Callable[[Values], Values]

    def values(self, deviates: Deviates) -> Values:
        return self.function(1 / (1 + np.exp(-deviates.log_odds.astype(np.float64))))


def at(distribution: Distribution, *shares: float) -> list[float]:
    """Return the values below which shares of a distribution lie."""
    normals = np.array([NormalDist().inv_cdf(share) for share in shares], np.float32)
    return [float(value) for value in distribution.values(Deviates.of(normals))]


def drawn(distribution: Distribution | Quantiles, name: str = "x", correlation: float = 0.0, seed: int = 7) -> Values:
    source = RandomSource(seed, correlation)
    pages = [distribution.values(source.deviates(name, page))[1:] for page in range(DRAWS // PAGE)]
    return np.concatenate(pages).astype(np.float64)


def assert_share(holds: NDArray[np.bool_], expected: float) -> None:
    """Assert that a share of draws is as expected, within four standard errors."""
    error = (expected * (1 - expected) / DRAWS) ** 0.5
    assert abs(np.count_nonzero(holds) / DRAWS - expected) < STANDARD_ERRORS * error


@pytest.mark.parametrize(("low", "high"), [(0.5, 2), (0.33, 2.67), (0.67, 2), (0.5, 1.5), (0.9, 1.7), (0.01, 100)])
def test_a_range_is_met_at_all_three_points(low: float, high: float) -> None:
    assert at(factor_of(low, high), 0.1, 0.5, 0.9) == pytest.approx([low, 1, high], rel=1e-5)


@pytest.mark.parametrize(("low", "high"), [(1, 2), (0.5, 1), (0.99, 3), (0.2, 1.05)])
def test_a_range_that_leans_too_far_is_met_by_two_halves_of_lognormal_distributions(low: float, high: float) -> None:
    assert is_skewed(low, high)
    assert isinstance(factor_of(low, high), SplitLognormal)
    assert at(factor_of(low, high), 0.1, 0.5, 0.9) == pytest.approx([low, 1, high], rel=1e-5)


@pytest.mark.parametrize("ratio", [0.17, 0.3, 0.5, 0.7, 0.83])
def test_a_metalog_is_used_and_rises_wherever_it_can(ratio: float) -> None:
    low, high = exp(-ratio * log(4)), exp((1 - ratio) * log(4))
    result = factor_of(low, high)
    assert isinstance(result, Metalog)
    values = at(result, *(share / 1000 for share in range(1, 1000)))
    assert values == sorted(values)
    assert values[0] > 0


@pytest.mark.parametrize("ratio", [0.16, 0.84])
def test_no_metalog_is_used_outside(ratio: float) -> None:
    assert is_skewed(exp(-ratio * log(4)), exp((1 - ratio) * log(4)))


def test_a_metalog_follows_its_closed_form() -> None:
    low, high = 0.4, 2.5**1.5
    a2, a3 = (log(high) - log(low)) / (2 * log(9)), (log(high) + log(low)) / (0.8 * log(9))
    shares = [0.001, 0.05, 0.3, 0.62, 0.97, 0.9999]
    expected = [exp((a2 + a3 * (share - 0.5)) * log(share / (1 - share))) for share in shares]
    assert at(factor_of(low, high), *shares) == pytest.approx(expected, rel=1e-4)
    values = drawn(factor_of(low, high))
    for share, value in zip(shares[1:5], expected[1:5], strict=True):
        assert_share(values <= value, share)


def test_a_range_of_one_point_is_a_constant() -> None:
    assert factor_of(1, 1) == Constant()
    assert at(factor_of(1, 1), 0.01, 0.99) == [1, 1]


@pytest.mark.parametrize(
    ("low", "high"), [(1.1, 2), (0.5, 0.9), (0, 2), (-1, 2), (0.5, float("inf")), (float("nan"), 2)]
)
def test_a_range_that_does_not_hold_its_estimate_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="must be above 0 and hold 1"):
        factor_of(low, high)


def triangular(low: float, mode: float, high: float) -> Quantiles:
    turn = (mode - low) / (high - low)

    def quantile(shares: Values) -> Values:
        below = low + np.sqrt(shares * (high - low) * (mode - low))
        above = high - np.sqrt((1 - shares) * (high - low) * (high - mode))
        return np.where(shares < turn, below, above)

    return Quantiles(quantile)


def beta_pert(low: float, mode: float, high: float) -> Quantiles:
    """Return a beta-PERT distribution with a weight of four; its quantiles by adding its density up."""
    alpha, beta = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    grid = np.linspace(0, 1, 200_001)
    middle = (grid[1:] + grid[:-1]) / 2
    below = np.append(0, np.cumsum(middle ** (alpha - 1) * (1 - middle) ** (beta - 1)))
    return Quantiles(lambda shares: low + (high - low) * np.interp(shares, below / below[-1], grid))


def lognormal(low: float, high: float) -> Quantiles:
    """Return a lognormal distribution by its P10 and P90."""
    middle, width = log(low * high) / 2, log(high / low) / 2 / Z90
    normal = NormalDist()
    grid = np.linspace(-7, 7, 14_001)
    shares_of_grid = np.array([normal.cdf(z) for z in grid])
    return Quantiles(lambda shares: np.exp(middle + width * np.interp(shares, shares_of_grid, grid)))


SHARES = (0.1, 0.5, 0.8, 0.9, 0.95)
SINGLE = [
    (triangular(5, 10, 21), (7.82842712474619, 11.61916848035314, 15.06704121032347, 16.804764607319395, 18.0335205)),
    (triangular(2, 3, 10), (2.8944271910, 4.708497377870819, 6.653359893863698, 7.633568086760153, 8.326679946931847)),
    (triangular(8, 10, 12), (8.894427190999917, 10.0, 10.735088935932648, 11.105572809000083, 11.367544467966324)),
    (beta_pert(5, 10, 21), (7.27892144331912, 10.764844445862721, 13.615173372509892, 15.075557800464027, 16.1967268)),
    (beta_pert(2, 3, 10), (2.478469255, 3.7689591593818186, 5.102761496988882, 5.871225588555368, 6.502756884279825)),
    (beta_pert(8, 10, 12), (8.986545813153866, 10.0, 10.693608248634355, 11.013454186846133, 11.242978490248916)),
    (lognormal(5, 20), (5.0, 10.0, 15.76494938360573, 20.0, 24.34264785552838)),
    (lognormal(1, 10), (1.0, 3.1622776601683795, 6.735351556926448, 10.0, 13.85935606155301)),
]
"""Distributions with their P10, P50, P80, P90 and P95, computed elsewhere by exact integration."""


@pytest.mark.parametrize(("distribution", "expected"), SINGLE)
def test_any_quantile_function_can_be_drawn(distribution: Quantiles, expected: tuple[float, ...]) -> None:
    values = drawn(distribution)
    for share, value in zip(SHARES, expected, strict=True):
        assert_share(values <= value, share)


def test_three_tasks_in_a_row_take_as_long_as_their_convolution_says() -> None:
    chain = drawn(triangular(5, 10, 21), "a") + drawn(triangular(2, 3, 10), "b") + drawn(triangular(8, 10, 12), "c")
    expected = (22.120285112413942, 26.745323885446044, 30.399285807784132, 32.28954679895278, 33.75571436884148)
    for share, value in zip(SHARES, expected, strict=True):
        assert_share(chain <= value, share)


def test_of_two_tasks_side_by_side_the_later_one_counts() -> None:
    later = np.maximum(drawn(triangular(5, 10, 21), "a"), drawn(triangular(5, 10, 21), "b"))
    expected = (10.029862663528933, 13.820222391245839, 16.689453122396788, 17.994714731825017, 18.888976662525437)
    for share, value in zip(SHARES, expected, strict=True):
        assert_share(later <= value, share)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.7])
def test_two_quantities_are_both_below_their_median_as_often_as_their_correlation_says(correlation: float) -> None:
    factor = factor_of(0.5, 3)
    first, second = drawn(factor, "a", correlation), drawn(factor, "b", correlation)
    assert_share((first <= 1) & (second <= 1), 1 / 4 + asin(correlation) / (2 * pi))


def test_without_correlation_chances_multiply() -> None:
    factor = factor_of(0.5, 2)
    first, second = drawn(factor, "a"), drawn(factor, "b")
    assert_share((first <= 2) & (second <= 0.5), 0.9 * 0.1)


def test_with_full_correlation_everything_goes_together_and_percentiles_may_be_added() -> None:
    factor = factor_of(0.5, 2)
    first, second = drawn(factor, "a", 1.0), drawn(factor, "b", 1.0)
    assert np.array_equal(first, second)
    assert_share(first + second <= 4, 0.9)
