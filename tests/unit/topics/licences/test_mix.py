"""The licence mix explained in words, in both languages, for every rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import case, plan_for, quiet, scenario
from tests.builders import plan as planned
from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import Group, HeldLicence, Holding
from zt_planner.engine.case import case_of
from zt_planner.engine.licensing.reasons import ExplainedHolding, MixReasons, NextBest, Reason, Rule
from zt_planner.engine.plan import Plan
from zt_planner.language import Language
from zt_planner.topics.licences.mix import because, explain_mix, gets, mix_words, next_best_words, who

ONE_ADMIN = Holding(Group.ADMIN, 1, ("entra-p2",), kept=(HeldLicence("m365-e3"),))
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the plan of 350 people."""
    return plan_for(case(scenario(company__employees=350), price_book, phase_model))


def test_each_holding_of_the_plan_is_explained(plan: Plan, says: Says) -> None:
    found = explain_mix(plan)
    assert found is not None
    assert plan.mix is not None
    assert tuple(each.holding for each in found.holdings) == plan.mix.holdings
    words = told(mix_words(found, plan))
    says([entry.who for entry in words.holdings])
    says(words.holdings[0].gets)
    says(words.holdings[2].why[0].replace(NO_BREAK, " "))
    says(words.next_best)


def test_what_no_rule_forced_is_said_to_be_the_cheapest(
    plan: Plan, price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    small = plan_for(case_of(scenario(company__frontline=50), price_book, phase_model, today=plan.today))
    found = explain_mix(small)
    assert found is not None
    says(told(mix_words(found, small)).holdings[2].why)


def test_with_google_just_in_time_administration_is_done_by_process(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    given = scenario(choices__identity_provider="google")
    google = plan_for(case(given, price_book, phase_model))
    assert google.mix is not None
    assert "entra-p2" not in google.mix.seats
    found = explain_mix(google)
    assert found is not None
    admins, office = told(mix_words(found, google)).holdings
    says(admins.why[-1])
    assert not any("by process" in line for line in office.why)


def test_what_only_frontline_people_may_have_is_said_once_and_last(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    plan = plan_for(case(scenario(), price_book, phase_model))
    found = explain_mix(plan)
    assert found is not None
    words = told(mix_words(found, plan))
    suite = "Microsoft 365 Business Standard + Microsoft 365 F1"
    assert [sentence.replace(NO_BREAK, " ") for sentence in words.not_allowed] == [
        "Cheaper, but not allowed by the vendor's terms: Microsoft 365 F1 for people with an office desk.",
        "Such licences are for frontline people only: those who share a device or work on a small screen.",
        f"Without this rule, 6 administrators would get {suite} + Entra ID P2 + Defender for Business.",
        f"Without this rule, 114 office people would get {suite} + Defender for Business.",
        "All licences together would be EUR 217 a month cheaper.",
        "If some of your people work like that, enter them as frontline people.",
    ]
    says(words.holdings[1].why)
    assert not any("frontline" in sentence for each in words.holdings for sentence in each.why)
    assert told(words.sentences())[-2:] == (" ".join(words.not_allowed), words.next_best)


def test_without_such_a_licence_nothing_is_said_of_it(plan: Plan) -> None:
    assert plan.mix is not None
    simply = MixReasons(tuple(ExplainedHolding(holding, ()) for holding in plan.mix.holdings), None)
    words = told(mix_words(simply, plan))
    assert words.not_allowed == ()
    assert len(told(words.sentences())) == len(plan.mix.holdings) + 1


def test_a_plan_without_a_mix_has_no_explanation(price_book: PriceBook, phase_model: PhaseModel) -> None:
    old = planned(quiet(timeline__start=date(2021, 3, 1)), price_book, phase_model)
    assert explain_mix(old) is None


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.AUDIENCE])
def test_every_rule_has_its_words(rule: Rule, language: Language, plan: Plan) -> None:
    reason = Reason(rule, Decimal("-4.20"), (Holding(Group.OFFICE, 7, ("m365-e5",)),), "ms-business", 300)
    said = language.write(because(reason, plan, ONE_ADMIN))
    assert "7 × Microsoft 365 E5" in said
    assert said.endswith(".")
    assert "{" not in said
    assert language.write(because(Reason(rule, Decimal(0), ()), plan, ONE_ADMIN)) in said or rule is Rule.SEAT_CAP


@pytest.mark.parametrize(
    ("difference", "ending"),
    [
        (Decimal(0), ", at the same cost."),
        (Decimal(-5), ", and all licences together EUR 5 a month cheaper."),
        (Decimal(5), ", and all licences together EUR 5 a month more expensive."),
    ],
)
def test_the_difference_is_said(difference: Decimal, ending: str, plan: Plan) -> None:
    said = ENGLISH.write(because(Reason(Rule.KEPT, difference, (ONE_ADMIN,)), plan, ONE_ADMIN))
    assert said.replace(NO_BREAK, " ").endswith(ending)


def test_people_and_what_becomes_of_the_owned_licence_are_named(price_book: PriceBook, says: Says) -> None:
    says([ENGLISH.write(who(Holding(group, 1, ()))) for group in Group])
    says(ENGLISH.write(gets(ONE_ADMIN, price_book)))
    given_back = Holding(Group.OFFICE, 2, ("m365-e5",), replaced=(HeldLicence("m365-e3"),))
    says(ENGLISH.write(gets(given_back, price_book)))


def test_the_next_best_mix_may_cost_the_same_or_not_exist(plan: Plan, price_book: PriceBook, says: Says) -> None:
    assert plan.mix is not None
    same = ENGLISH.write(next_best_words(NextBest(plan.mix, Decimal(0), (ONE_ADMIN,)), price_book))
    says(same)
    says(ENGLISH.write(next_best_words(None, price_book)))
