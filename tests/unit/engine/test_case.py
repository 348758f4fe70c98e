"""A scenario is resolved once, and may name only prices that the book knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import book, case, law, model, price, rate, row_values, scenario, task, vat
from tests.words import told
from zt_planner.domain.data.rules import ExcludedSubsector, Rules
from zt_planner.domain.scenario.fields import MOST_LISTED
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.engine.case import MOVE_NOTHING
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.language import language_for
from zt_planner.topics.error_texts import explain

MODEL = model(task("a"), task("b", after=("a",)))
BOOK = book(price("m365-e3"), price("fido2-key", category="hardware", unit="piece"))


def test_known_ids_pass() -> None:
    case(scenario(company__owned_licences=[{"licence": "m365-e3"}], prices__overrides={"fido2-key": 25}), BOOK, MODEL)


def test_a_misspelt_licence_gets_a_proposal() -> None:
    with pytest.raises(
        ScenarioError, match=r"company\.owned_licences\.0\.licence: 'm365-e33' .* Did you mean m365-e3\?"
    ):
        case(scenario(company__owned_licences=[{"licence": "m365-e33"}]), BOOK, MODEL)


def test_several_proposals_are_alternatives() -> None:
    shelf = book(price("m365-e3"), price("m365-e5"))
    with pytest.raises(ScenarioError, match=r"Did you mean m365-e\d or m365-e\d\?") as caught:
        case(scenario(company__owned_licences=[{"licence": "m365-e4"}]), shelf, MODEL)
    assert told(explain(caught.value), language_for("de"))[0].endswith(" oder m365-e3?")


def test_a_price_that_is_no_licence_cannot_be_owned() -> None:
    with pytest.raises(ScenarioError, match="Use one of: m365-e3"):
        case(scenario(company__owned_licences=[{"licence": "fido2-key"}]), BOOK, MODEL)


def test_every_unknown_own_price_is_named() -> None:
    with pytest.raises(ScenarioError) as caught:
        case(scenario(prices__overrides={"zzz": 1, "m365-e3": 1, "qqq": 1}), BOOK, MODEL)
    assert [problem.path for problem in caught.value.problems] == ["prices.overrides.zzz", "prices.overrides.qqq"]


def test_of_very_many_unknown_own_prices_the_first_are_named_and_the_rest_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_for: list[str] = []

    def nothing_close(wrong: str, *_: object, **__: object) -> list[str]:
        looked_for.append(wrong)
        return []

    monkeypatch.setattr("zt_planner.engine.case.get_close_matches", nothing_close)
    with pytest.raises(ScenarioError) as caught:
        case(scenario(prices__overrides={f"zzz{number}": 1 for number in range(1000)}), BOOK, MODEL)
    assert len(caught.value.problems) == MOST_LISTED + 1
    assert caught.value.problems[-1].problem == "only the first {most} problems are listed"
    assert len(looked_for) == MOST_LISTED + 1


def test_a_country_and_a_currency_must_be_in_the_book() -> None:
    asked = scenario(display__vat_country="DE", display__currency="CHF")
    case(asked, book(rates=(rate("CHF", "1.07"),), vat=(vat("DE", "0.19"),)), MODEL)
    with pytest.raises(ScenarioError) as caught:
        case(asked, book(vat=(vat("FR", "0.20"),)), MODEL)
    country, currency = told(explain(caught.value))
    assert country == ("display.vat_country: 'DE' is not a country whose VAT is in the price book. Use one of: FR.")
    assert currency == "display.currency: 'CHF' has no exchange rate in the price book. Use one of: EUR."


# What is resolved

OWN = {
    "timeline__start": None,
    "prices__overrides": {"fido2-key": 25},
    "prices__rows": {"m365-e3": [{**row_values(price("m365-e3")), "amount": "7"}]},
    "tasks__edits": {"a": {"effort_days": 4}},
    "tasks__own": {"own": {"step": "0", "name": "Own", "effort_days": 2, "after": ["b"]}},
    "labour__external_day_rate": 1234,
}


def test_a_case_holds_the_start_the_own_rows_and_the_own_tasks() -> None:
    result = case(scenario(**OWN), BOOK, MODEL)
    # Eight weeks after 24 November are over on 19 January: the plan begins on the first Monday of February.
    assert result.start == result.scenario.timeline.start == date(2027, 1, 4)
    assert (result.base_book, result.base_model) == (BOOK, MODEL)
    assert [row.amount for row in result.book.rows_by_id["m365-e3"]] == [7]
    assert list(result.model.by_id) == ["a", "b", "own"]
    assert {work.task.id: int(work.work.whole.internal) for work in result.task_works} == {"a": 4, "b": 1, "own": 2}
    assert len(result.horizon) == result.scenario.finance.horizon_months


@pytest.mark.parametrize("shows_labour", [True, False])
def test_resolving_twice_gives_the_same_case(*, shows_labour: bool) -> None:
    once = case(scenario(**OWN), BOOK, MODEL, shows_labour=shows_labour)
    twice = once.changed(once.scenario)
    assert twice == once
    assert twice.book == once.book
    assert build_plan(once).case == once
    assert (once.scenario.labour.external_day_rate == 1234) is shows_labour


def test_data_that_a_scenario_keeps_are_those_of_its_case() -> None:
    kept_book, kept_model = book(price("m365-e3", 3)), model(task("a", days=9))
    given = scenario().with_kept_data(KeptBook.of(kept_book), KeptModel.of(kept_model))
    result = case(given, BOOK, MODEL)
    assert (result.base_book.version, result.base_model.version) == (kept_book.version, kept_model.version)
    assert result.changed(given) == result


def test_a_plan_that_keeps_its_model_goes_by_the_rules_of_the_program() -> None:
    kept, rules = model(task("a", days=9)), Rules((law("DE"),))
    given = scenario().with_kept_data(None, KeptModel.of(kept))
    result = case(given, BOOK, replace(MODEL, rules=rules))
    assert (result.base_model.rules, result.base_model.version) == (rules, kept.version)
    assert case(given, BOOK, replace(MODEL, rules=rules)).base_model is result.base_model  # its version is known
    assert case(given, BOOK, replace(MODEL, rules=Rules((law("AT"),)))).base_model.rules.law_of("DE") is None
    assert replace(MODEL, rules=rules).version == MODEL.version


def test_what_a_law_asks_about_a_company_moves_no_levelled_date() -> None:
    facts = {
        "name": "Example",
        "sector": "health",
        "subsector": "long_term_care",
        "full_time_equivalents": 40,
        "standstill_day_cost": 5000,
        "turnover_millions": 20,
        "balance_millions": 15,
        "under_law_since": "2027-01-01",
    }
    told = scenario(**{f"company__{name}": value for name, value in facts.items()})
    assert facts.keys() == MOVE_NOTHING
    assert case(told, BOOK, MODEL).basis == case(scenario(), BOOK, MODEL).basis
    assert case(scenario(company__employees=121), BOOK, MODEL).basis != case(scenario(), BOOK, MODEL).basis


def test_a_part_of_a_sector_that_the_rules_do_not_have_is_refused() -> None:
    row = {"sector": "health", "subsector": "care", "name": "Care", "why": "Art. 1", "source": "a", "confidence": "own"}
    ruled = replace(MODEL, rules=Rules(subsectors=(ExcludedSubsector.model_validate(row),)))
    assert case(scenario(company__subsector="care"), BOOK, ruled).scenario.company.subsector == "care"
    with pytest.raises(ScenarioError, match="Did you mean care"):
        case(scenario(company__subsector="cares"), BOOK, ruled)


def test_where_nothing_is_levelled_no_basis_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zt_planner.engine.case.basis_of", None)
    build_plan(case(scenario(timeline__mode="deadline"), BOOK, MODEL))


def test_a_case_is_sent_as_what_it_was_resolved_from() -> None:
    sent = case(scenario(), BOOK, MODEL)
    resolve, arguments = sent.__reduce__()
    assert resolve(*arguments) == sent
    assert sent.shown_as(sent.scenario.display) == sent
