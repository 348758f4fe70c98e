"""What a country's law says, as a row of regulation.csv."""

from __future__ import annotations

from decimal import Decimal

from tests.builders import law
from zt_planner.domain.data.rules import Ceiling, Deliverable, Rules


def test_a_ceiling_that_the_law_does_not_name_is_none_and_not_zero() -> None:
    found = law("DE", ceiling_essential=10_000_000, share_essential="0.02", currency="EUR")
    assert found.essential == Ceiling(Decimal(10_000_000), Decimal("0.02"))
    assert found.important == Ceiling(None, None)


def test_a_task_that_nobody_has_described_has_no_deliverable() -> None:
    row = Deliverable(task="sso", delivered="Sign-in", accepted="All sign in", assumed="-", excluded="-")
    rules = Rules(deliverables=(row,))
    assert rules.deliverable_of("sso") == row
    assert rules.deliverable_of("pam") is None
