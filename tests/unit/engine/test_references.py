"""A scenario may name only prices that the book knows."""

from __future__ import annotations

import pytest

from tests.builders import book, model, price, rate, scenario, task, vat
from zt_planner.engine import references
from zt_planner.engine.references import check_references
from zt_planner.errors import MOST_LISTED, ScenarioError
from zt_planner.language import language_for
from zt_planner.reports.faults import explain

MODEL = model(task("a"), task("b", after=("a",)))
BOOK = book(price("m365-e3"), price("fido2-key", category="hardware", unit="piece"))


def test_known_ids_pass() -> None:
    check_references(scenario(company__owned_licence="m365-e3", prices__overrides={"fido2-key": 25}), BOOK, MODEL)


def test_a_misspelt_licence_gets_a_proposal() -> None:
    with pytest.raises(ScenarioError, match=r"company\.owned_licence: 'm365-e33' .* Did you mean m365-e3\?"):
        check_references(scenario(company__owned_licence="m365-e33"), BOOK, MODEL)


def test_several_proposals_are_alternatives() -> None:
    shelf = book(price("m365-e3"), price("m365-e5"))
    with pytest.raises(ScenarioError, match=r"Did you mean m365-e\d or m365-e\d\?") as caught:
        check_references(scenario(company__owned_licence="m365-e4"), shelf, MODEL)
    assert explain(caught.value, language_for("de"))[0].endswith(" oder m365-e3?")


def test_a_price_that_is_no_licence_cannot_be_owned() -> None:
    with pytest.raises(ScenarioError, match="Use one of: m365-e3"):
        check_references(scenario(company__owned_licence="fido2-key"), BOOK, MODEL)


def test_every_unknown_own_price_is_named() -> None:
    with pytest.raises(ScenarioError) as caught:
        check_references(scenario(prices__overrides={"zzz": 1, "m365-e3": 1, "qqq": 1}), BOOK, MODEL)
    assert [problem.path for problem in caught.value.problems] == ["prices.overrides.zzz", "prices.overrides.qqq"]


def test_of_very_many_unknown_own_prices_the_first_are_named_and_the_rest_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_for: list[str] = []

    def nothing_close(wrong: str, *_: object, **__: object) -> list[str]:
        looked_for.append(wrong)
        return []

    monkeypatch.setattr(references, "get_close_matches", nothing_close)
    with pytest.raises(ScenarioError) as caught:
        check_references(scenario(prices__overrides={f"zzz{number}": 1 for number in range(1000)}), BOOK, MODEL)
    assert len(caught.value.problems) == MOST_LISTED + 1
    assert caught.value.problems[-1].problem == "only the first {most} problems are listed"
    assert len(looked_for) == MOST_LISTED + 1


def test_a_country_and_a_currency_must_be_in_the_book() -> None:
    asked = scenario(display__vat_country="DE", display__currency="CHF")
    check_references(asked, book(rates=(rate("CHF", "1.07"),), vat=(vat("DE", "0.19"),)), MODEL)
    with pytest.raises(ScenarioError) as caught:
        check_references(asked, book(vat=(vat("FR", "0.20"),)), MODEL)
    country, currency = explain(caught.value, language_for("en"))
    assert country == ("display.vat_country: 'DE' is not a country whose VAT is in the price book. Use one of: FR.")
    assert currency == "display.currency: 'CHF' has no exchange rate in the price book. Use one of: EUR."
