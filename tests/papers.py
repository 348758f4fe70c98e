"""Plans as they are put on paper: those that differ in what a sheet must cope with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests import builders, handouts
from tests.builders import case
from tests.words import told
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.variants import LETTERS
from zt_planner.engine.compare.comparison import comparison_of
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.risk.confidence import percentile_table
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import AnyView, StoppedView, View

SLOW = {f"timeline__{team}_days_per_week": 1 for team in ("internal", "external")}
NASTY = '#import "x": * $[`\\ ]} @label <script>alert(1)</script> \N{RIGHT-TO-LEFT OVERRIDE}abc'
OWN = {"step": "2", "effort_days": 1}

UNDER_WAY = {
    "choices__billing": "annual_prepaid",
    "timeline__start": "2027-01-04",
    "status__at": "2027-03-31",
    "status__tasks": {
        "kickoff": {"started": "2027-01-04", "finished": "2027-01-08", "spent_external": 3},
        "inventory": {"started": "2027-01-11", "finished": "2027-02-10"},
        "mfa_pilot": {"started": "2027-02-15", "remaining_days": 5},
    },
    "status__closed": ["2027-01", "2027-02"],
    "status__bookings": {
        "2027-01/consultant/kickoff": "9000.01",
        "2027-01/hardware/": "-120.00",
        "2027-02/licence/mfa_pilot": "3000.07",
        "2027-02/monitoring/": "80.00",
        "2027-02/consultant/": "14000.00",
        "2027-03/training/": "1.00",
    },
}
"""A plan on its status date, two months of which are closed."""

SITUATIONS: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "350 people": {"company__name": "Müller & Söhne GmbH", "company__employees": 350},
    "longer than a year": {"timeline__mode": "capacity", **SLOW},
    "credits": {
        "company__owned_licences": [{"licence": "m365-business-standard"}],
        "choices__billing": "annual_prepaid",
    },
    "days off and fixed dates": {
        "timeline__closures": [["2027-07-05", "2027-07-16"]],
        "tasks__edits": {"kickoff": {"fixed_start": "2027-01-11"}},
    },
    "under way": {
        "status__at": "2027-04-15",
        "status__tasks": {
            "kickoff": {"started": "2027-01-04", "finished": "2027-02-05"},
            "inventory": {"started": "2027-02-08"},
        },
    },
    "many own tasks": {
        "tasks__own": {f"own-{number}": {**OWN, "name": f"Own task {number}"} for number in range(60)},
    },
    "names that are markup": {
        "company__name": NASTY[:80],
        "tasks__own": {"own-1": {**OWN, "name": NASTY[:80]}, "own-2": {**OWN, "name": "W" * 80}},
    },
    "a company of eighty wide letters": {"company__name": "W" * 80},
    "other scripts": {"company__name": "日本語 العربية 👩‍👩‍👧 \ue000"},
    "no price at all": {"prices__as_of": "2020-01-01"},
    "a price is missing": {"choices__monitoring": "siem", "prices__as_of": "2026-02-01"},
    "under way and booked": {
        "timeline__start": handouts.UNDER_WAY["timeline"]["start"],
        "status__at": handouts.UNDER_WAY["status"]["at"],
        "status__tasks": handouts.UNDER_WAY["status"]["tasks"],
        "status__bookings": {
            "2027-01/consultant/": "5100.00",
            "2027-02/licence/mfa_rollout": "100.10",
            "2027-02/licence/": "-30.00",
        },
        "status__closed": ["2027-01", "2027-02"],
    },
    "months closed": UNDER_WAY,
    "own prices": {"prices__overrides": {"m365-business-premium": "19.00"}, "prices__rise": 0.1},
    "much at once": {
        "company__name": "W" * 80,
        "company__employees": 480,
        "company__frontline": 120,
        "company__owned_licences": [{"licence": "m365-business-standard"}],
        "choices__monitoring": "siem_and_mdr",
        "choices__hardware_reuse": 0.3,
        "timeline__target_months": 4,
        "finance__monthly_cap": "1000.00",
        "prices__rise": 0.25,
        "display__vat_country": "DE",
        "display__currency": "CHF",
        "tasks__own": {f"own-{n}": {"step": "3", "effort_days": 40, "name": f"{n}" + "W" * 79} for n in range(4)},
    },
    "ten years of 5,000 people": {
        "company__employees": 5000,
        "finance__horizon_months": 120,
        "timeline__mode": "capacity",
        "timeline__internal_days_per_week": 4,
        "timeline__external_days_per_week": 4,
    },
    "never ends": {
        "company__apps": 500,
        "company__employees": 5000,
        "timeline__mode": "capacity",
        "timeline__internal_days_per_week": 0.25,
    },
}


VIEWS: dict[tuple[str, bool], AnyView] = {}
"""What has been planned and drawn for one test or another."""


def handout(
    given: Scenario | None = None, code: LanguageCode = LanguageCode.ENGLISH, *, shows_labour: bool = True
) -> View:
    """Return a plan of the shipped prices and tasks as it is handed out."""
    view = any_handout(given, code, shows_labour=shows_labour)
    assert isinstance(view, View)
    return view


def any_handout(
    given: Scenario | None = None, code: LanguageCode = LanguageCode.ENGLISH, *, shows_labour: bool = True
) -> AnyView:
    """Return the same, where the plan may have stopped."""
    scenario = builders.scenario() if given is None else given
    key = scenario.version, shows_labour
    if key not in VIEWS:
        plan = build_plan(case(scenario, price_book(), phase_model(), shows_labour=shows_labour))
        if isinstance(plan, StoppedPlan):
            VIEWS[key] = StoppedView(plan, Language(code))
        else:
            simulation = simulate(plan, draws=500)
            VIEWS[key] = View(plan, Language(code), lambda: simulation)
    return replace(VIEWS[key], language=Language(code))


def beside(
    *others: Mapping[str, Any],
    code: LanguageCode = LanguageCode.ENGLISH,
    letters: str = LETTERS,
    **own: Any,  # noqa: ANN401
) -> View:
    """Return a plan as it is handed out beside others, each given by what differs from the default plan."""
    first = handout(builders.scenario(**own), code)
    plans = {f"Plan {number}": builders.scenario(**each) for number, each in enumerate((own, *others), start=1)}
    cases = {name: case(each, price_book(), phase_model()) for name, each in plans.items()}
    return replace(first, comparison=comparison_of(cases, letters))


def situation(name: str, code: LanguageCode = LanguageCode.ENGLISH) -> View:
    """Return a plan by the name of what is special about it."""
    return handout(builders.scenario(**SITUATIONS[name]), code)


def any_situation(name: str, code: LanguageCode = LanguageCode.ENGLISH) -> AnyView:
    """Return the same, where the plan may have stopped."""
    return any_handout(builders.scenario(**SITUATIONS[name]), code)


def stopped_situation(code: LanguageCode = LanguageCode.ENGLISH) -> StoppedView:
    """Return the plan that never ends."""
    view = any_situation("never ends", code)
    assert isinstance(view, StoppedView)
    return view


def said_on_paper(view: View) -> tuple[str, ...]:
    """Return what every paper for the board says: the sentence, what is promised, each percentile, and the stamp."""
    language, simulation, budget = view.language, view.simulation, view.promise.rounded_budget
    assert simulation is not None
    promised = () if budget is None else (language.money(budget), language.day(view.promise.finish))
    drawn = (cell for row in told(percentile_table(view.plan, simulation), language) for cell in row)
    return (*map(language.write, (headline_sentence(view), *stamp_of(view))), *promised, *drawn)
