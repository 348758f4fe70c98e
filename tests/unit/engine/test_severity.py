"""The size of one loss, and what is left of it (M28)."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from zt_planner.engine.losses import LossEstimate, SourceLoss
from zt_planner.engine.severity import Credit, LossSize, severity_of

P90 = 1.2815515655446004


def euros(median: int, mean: int | None = None, p95: int | None = None) -> LossSize:
    """Return the severity of figures in EUR."""
    found = severity_in(median, mean, p95)
    assert found is not None
    return found


def at(size: LossSize, deviations: float) -> float:
    """Return the size so many deviations above the median."""
    return size.median * math.exp(size.sigma * deviations)


def severity_in(median: str | int | None, mean: str | int | None, p95: str | int | None) -> LossSize | None:
    """Return the severity of figures in EUR, if they give one."""
    exact = [None if each is None else Decimal(each) for each in (median, mean, p95)]
    return severity_of(exact[0], exact[1], exact[2], Decimal(1))


def test_mean_and_median_give_the_published_percentiles() -> None:
    size = euros(30_000, mean=116_000)
    assert round(size.sigma, 2) == 1.64
    assert [round(at(size, deviations) / 1000) for deviations in (P90, 1.6448536)] == [247, 449]
    assert size.mean == pytest.approx(116_000)


def test_median_and_p95_give_the_mean_of_the_survey() -> None:
    size = euros(80_000, p95=1_200_000)
    assert round(size.mean, -4) == 310_000
    assert round(0.15 * size.mean / 1000, 1) == 46.5
    assert size.exceeds(1_200_000) == pytest.approx(0.05)
    assert size.exceeds(80_000) == 0.5


@pytest.mark.parametrize(
    ("median", "mean", "p95"),
    [(None, "1", None), ("1", None, None), ("0", None, "1"), ("2", "2", None), ("2", None, "1"), ("1", None, "1001")],
)
def test_other_figures_give_no_size(median: str | None, mean: str | None, p95: str | None) -> None:
    assert severity_in(median, mean, p95) is None


@pytest.mark.parametrize("credit", [Credit(0.213, 0.7), Credit(0.9, 0.5), Credit(0.21, 0.2), Credit(0.5, 1)])
def test_the_expected_loss_is_the_integral_of_the_curve(credit: Credit) -> None:
    for size in (euros(30_000, mean=116_000), euros(80_000, p95=1_200_000), euros(100, p95=101)):
        estimate = LossEstimate((SourceLoss(0.15, size.mean),), size)
        steps, low, high = 20_000, at(size, -12) / 10, at(size, 14) * 10
        width = math.log(high / low) / steps
        total = low * credit.left_above(low, size)
        for step in range(steps):
            amount = low * math.exp(width * (step + 0.5))
            total += credit.left_above(amount, size) * amount * width
        assert estimate.yearly(credit) == pytest.approx(0.15 * total, rel=2e-3)
