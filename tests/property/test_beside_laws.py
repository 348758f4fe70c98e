"""The laws of what stands beside amounts: VAT adds, and showing it changes no plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY, rate, vat
from tests.property.any_plan import SHIPPED, any_scenario, planned
from tests.property.strategies import hundredths
from zt_planner.domain.scenario.display import Currency, Display
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.topics.gross_and_currency import AmountForms

HALF_A_CENT = Fraction(1, 200)

countries = st.none() | st.sampled_from(SHIPPED.vat_countries)
displays = st.builds(Display, vat_country=countries, currency=st.sampled_from(Currency))


@given(
    net=hundredths("0", "9999999"),
    share=st.decimals(Decimal(0), Decimal(1), places=3),
    eur=st.decimals(Decimal("0.000001"), Decimal(1000), places=6),
)
def test_each_form_is_half_a_cent_from_the_exact_one(net: Decimal, share: Decimal, eur: Decimal) -> None:
    found = AmountForms("DE", vat("DE", str(share)), rate("CHF", str(eur)), TODAY).amounts(net)
    assert found.gross is not None
    assert found.converted is not None
    assert found.converted_gross is not None
    assert found.gross >= net
    assert found.converted_gross >= found.converted
    for shown, exact in (
        (found.gross, Fraction(net) * (1 + Fraction(share))),
        (found.converted, Fraction(net) / Fraction(eur)),
        (found.converted_gross, Fraction(net) * (1 + Fraction(share)) / Fraction(eur)),
    ):
        assert -HALF_A_CENT < Fraction(shown) - exact <= HALF_A_CENT


@given(scenario=any_scenario, display=displays)
def test_what_is_shown_beside_amounts_changes_no_plan(scenario: Scenario, display: Display) -> None:
    first = planned(scenario)
    other = planned(scenario.shown_as(display))
    assert replace(other, case=replace(other.case, scenario=first.scenario)) == first
    assert other.scenario == first.scenario.shown_as(display)
