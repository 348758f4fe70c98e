"""Plausible companies, made up: what `many.py` plans, and a portfolio to try the command with.

What is published decides how often; the rest is assumed, and says so. Equal seeds give equal files.

- Sizes: the number of firms with more than n people falls as n ** -1.06 (R. Axtell, "Zipf Distribution of U.S. Firm
  Sizes", Science 293, 2001), here from 50 to 1,000 people.
- MFA: 40 % of firms of 50 to 249 people and 68 % of larger ones sign in with two mechanisms (INE, survey on ICT in
  enterprises, Spain, table 53912).
- 65 % control access to their network, 45 % keep log files for analysis, 36 % have documents on security (Eurostat,
  "ICT security in enterprises", 2024).
- 45 % buy cloud services, of these 83 % e-mail and 66 % office software (Eurostat, isoc_cicce_use, 2023).

    python benchmarks/companies.py clients --count 2000
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import drawn_promise
from zt_planner.engine.under_way.approved import approved

TODAY = date(2026, 12, 1)
FEWEST, MOST, EXPONENT = 50, 1000, 1.06
MFA_MEDIUM, MFA_LARGE, LARGE = 0.40, 0.68, 250
MFA = ("admin_mfa", "mfa_pilot", "mfa_rollout")
OFTEN_DONE = {"network_inventory": 0.65, "monitoring_choice": 0.45, "incident_process": 0.36}
"""Tasks of which a published measure is most of the work, and how many firms have it."""
CLOUD, MAIL, OFFICE = 0.45, 0.83, 0.66
SECTORS = ("manufacturing", "food", "waste", "transport", "energy", "health", "digital_providers", "other")
SECTOR_WEIGHTS = (30, 5, 3, 7, 3, 6, 6, 40)
"""Assumed."""
REGIONS = ("DE-NW", "DE-BY", "DE-BW", "AT-9", "ES-MD", "FR")
FIRST = ("Alt", "Berg", "Claro", "Dorn", "Ems", "Falk", "Glen", "Hoch", "Isar", "Jura", "Kern", "Lind", "Mont", "Nord")
SECOND = ("bau", "chemie", "druck", "form", "glas", "holz", "kraft", "logistik", "metall", "pharma", "technik", "werk")
UNDER_WAY, SESSIONS = 0.1, 0.1
"""Assumed: how many have begun, and how many files are saved sessions."""


def people(chance: Random) -> int:
    """Draw how many people a company has."""
    least, most = FEWEST**-EXPONENT, MOST**-EXPONENT
    return int((least - chance.random() * (least - most)) ** (-1 / EXPONENT))


def licences(chance: Random) -> list[dict[str, Any]]:
    """Draw what a company pays for today; with office software, half until a day (assumed)."""
    if chance.random() >= CLOUD or chance.random() >= MAIL:
        return []
    name = "m365-business-standard" if chance.random() < OFFICE else "m365-business-basic"
    until = TODAY + timedelta(days=chance.randrange(30, 400))
    return [{"licence": name, **({"until": until.isoformat()} if chance.random() < 1 / 2 else {})}]


def company(number: int, chance: Random) -> dict[str, Any]:
    """Draw a company, as a scenario's file has it."""
    employees = people(chance)
    sector = chance.choices(SECTORS, SECTOR_WEIGHTS)[0]
    is_done = chance.random() < (MFA_LARGE if employees >= LARGE else MFA_MEDIUM)
    done = [*(MFA if is_done else ()), *(task for task, share in OFTEN_DONE.items() if chance.random() < share)]
    has_machines = sector in {"manufacturing", "food", "energy", "waste"}
    return {
        "company": {
            "name": f"{chance.choice(FIRST)}{chance.choice(SECOND)} {number}",
            "employees": employees,
            "frontline": int(employees * chance.uniform(0.1, 0.5)) if has_machines else 0,
            "sites": 1 + employees // chance.randrange(60, 200),
            "machines": chance.randrange(5, 80) if has_machines else 0,
            "sector": sector,
            "owned_licences": licences(chance),
        },
        "choices": {"billing": chance.choice(("annual_monthly", "annual_prepaid"))},
        "timeline": {"target_months": chance.choice((9, 12, 15, 18)), "region": chance.choice(REGIONS)},
        "tasks": {"edits": {task: {"done": 1} for task in sorted(done)}},
    }


def begun(data: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Return a company whose plan was approved some months ago; tasks have taken a little longer (assumed)."""
    then = TODAY - timedelta(days=chance.randrange(60, 240))
    scenario = Scenario.model_validate(data)
    case = case_of(scenario, price_book(), phase_model(), today=then)
    plan, kept = build_plan(case), approved(case, "Management", then)
    promise = drawn_promise(plan)
    if not isinstance(plan, Plan) or kept is None or promise is None:
        return data
    promised = {"promised_finish": promise.finish, "promised_budget": promise.rounded_budget}
    slower = chance.uniform(1, 1.4)
    ends = {task.task.id: task.start + (task.finish - task.start) * slower for task in plan.tasks}
    records = {
        task.task.id: {"started": str(task.start), "finished": str(ends[task.task.id])}
        for task in plan.tasks
        if ends[task.task.id] <= TODAY
    }
    status = {"at": str(TODAY), "tasks": records, "approved": kept.model_copy(update=promised).model_dump(mode="json")}
    start = {**data["timeline"], "start": str(plan.case.start)}
    return {**data, "timeline": start, "status": status}


def companies(count: int, seed: int = 1, under_way: float = UNDER_WAY) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the content of each file."""
    for number in range(count):
        chance = Random(f"{seed}/{number}")  # noqa: S311 - made up, not secret
        data = company(number, chance)
        if chance.random() < under_way:
            data = begun(data, chance)
        if chance.random() < SESSIONS:
            yield f"session-{number:05}.json", {"scenario": data, "participants": [], "events": []}
        else:
            yield f"scenario-{number:05}.json", data


def write_companies(folder: Path, count: int, seed: int = 1, under_way: float = UNDER_WAY) -> None:
    """Write the files of some companies into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in companies(count, seed, under_way):
        (folder / name).write_text(json.dumps(data), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_companies(given.folder, given.count, given.seed)
