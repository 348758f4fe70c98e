"""Plans as they are handed out, for the tests of files: examples, and one with all that is awkward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from tests.builders import TODAY
from zt_planner import catalog
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.language import Language, LanguageCode
from zt_planner.resources import data_dir
from zt_planner.topics.view import AnyView, StoppedView, View, no_draws

NASTY = 'Müller & "Söhne"; <b>a,b</b> \\n {name} 👩‍👩‍👧 \N{RIGHT-TO-LEFT OVERRIDE}abc\N{LINE SEPARATOR}=1+1'
"""A name that would break a file that is put together by hand."""
AWKWARD: Mapping[str, Any] = {
    "company": {"name": NASTY, "employees": 180, "sites": 4},
    "choices": {"hardware_reuse": 0.35, "monitoring": "siem_and_mdr"},
    "timeline": {
        "start": "2027-03-15",
        "mode": "capacity",
        "internal_days_per_week": 3.5,
        "external_days_per_week": 2,
        "closures": [["2027-07-26", "2027-08-13"], ["2027-11-02", "2027-11-02"]],
    },
    "tasks": {
        "own": {
            "audit": {"step": "5", "name": NASTY, "effort_days": 3.3, "after": ["kickoff"], "wait_weeks": 3},
            "signing": {"step": "0", "name": "Signing", "effort_days": 0.5, "fixed_start": "2027-05-04"},
        },
        "edits": {
            "inventory": {"effort_days": 7.7, "wait_weeks": 2},
            "licence_order": {"earliest_start": "2027-06-01", "min_length_days": 9},
            "works_council": {"in_scope": False},
        },
    },
}
"""Closures, waits, own figures and dates, own tasks, and names of every kind."""
NEVER_ENDS: Mapping[str, Any] = {
    "company": {"apps": 500, "employees": 5000},
    "timeline": {"mode": "capacity", "internal_days_per_week": 0.25},
}
UNDER_WAY: Mapping[str, Any] = {
    "timeline": {"start": "2027-01-04"},
    "status": {
        "at": "2027-03-15",
        "tasks": {
            "kickoff": {"started": "2027-01-04", "finished": "2027-01-09", "spent_internal": 3, "spent_external": 2.5},
            "mfa_agreement": {"finished": "2027-01-14"},
            "inventory": {"started": "2027-01-13", "finished": "2027-02-05"},
            "admin_mfa": {"started": "2027-01-11", "finished": "2027-01-15"},
            "directory": {"started": "2027-03-01", "remaining_days": 4, "spent_external": 40},
            "mfa_pilot": {"started": "2027-03-08"},
            "sso": {"remaining_days": 20},
        },
    },
}
"""A status: a finish on a Saturday, one without a start, tasks that run, one that is longer than was thought."""
THERE: Mapping[str, Any] = {
    "company": {
        "employees": 140,
        "frontline": 20,
        "owned_licences": [
            {"licence": "m365-business-standard", "seats": 100, "until": "2027-06-30"},
            {"licence": "m365-f3"},
            {"licence": "entra-p2", "seats": 3, "until": "2026-12-31"},
        ],
        "running": ["mdr", "training"],
        "macs": 12,
        "machines": 30,
        "local_directory": False,
        "full_time_equivalents": 118.5,
    },
    "choices": {"monitoring": "siem_and_mdr", "risk_access": "everyone"},
    "timeline": {"start": "2027-01-04", "steps": "in_turn", "confidence": 0.5},
    "labour": {"coordination_share": {"internal": 0.08}},
    "uncertainty": {"reaction": 0.5},
    "tasks": {
        "edits": {
            "kickoff": {"done": 1},
            "admin_mfa": {"done": 1},
            "inventory": {"done": 0.35, "effort_days": 8},
            "mfa_rollout": {"done": 0.5, "min_length_days": 9},
        },
        "own": {"audit": {"step": "1", "name": "Audit", "effort_days": 6, "done": 0.25, "after": ["kickoff"]}},
    },
}
"""Licences, services and work that are there already, and the other fields that came with them."""
SCENARIOS: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "350 people": {"company": {"employees": 350}},
    "awkward": AWKWARD,
    "under way": UNDER_WAY,
    "some is there": THERE,
    "before the prices": {"timeline": {"start": "2021-03-01"}},
    "never ends": NEVER_ENDS,
}


PLANS: dict[tuple[str, date, bool], AnyPlan] = {}
"""What has been planned for one test or another."""


@lru_cache
def shipped() -> tuple[PriceBook, PhaseModel]:
    """Return the shipped prices and tasks."""
    return catalog.load_price_book(data_dir()), catalog.load_phase_model(data_dir())


def handout(
    given: Mapping[str, Any] | None = None,
    code: LanguageCode = LanguageCode.ENGLISH,
    *,
    today: date = TODAY,
    shows_labour: bool = True,
) -> View:
    """Return the plan of a scenario with what is said beside it, without draws."""
    view = any_handout(given, code, today=today, shows_labour=shows_labour)
    assert isinstance(view, View)
    return view


def any_handout(
    given: Mapping[str, Any] | None = None,
    code: LanguageCode = LanguageCode.ENGLISH,
    *,
    today: date = TODAY,
    shows_labour: bool = True,
) -> AnyView:
    """Return the same, where the plan may have stopped."""
    scenario = Scenario.model_validate(given or {})
    key = scenario.version, today, shows_labour
    if key not in PLANS:
        prices, model = shipped()
        PLANS[key] = build_plan(case_of(scenario, prices, model, today=today, shows_labour=shows_labour))
    plan = PLANS[key]
    if isinstance(plan, StoppedPlan):
        return StoppedView(plan, Language(code))
    return View(plan, Language(code), no_draws)
