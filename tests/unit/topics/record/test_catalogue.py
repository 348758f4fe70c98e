"""What a catalogue changes, line by line: no line says the same before and afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import case, scenario
from tests.words import told
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.topics.record.catalogue import catalogue_table

TASK, PRICE = "sso", "m365-business-premium"
USED = {"name": "Firm", "day": "2026-11-06"}
TEXT = {"task": TASK, "delivered": "a", "accepted": "b", "assumed": "c", "excluded": "d"}


def made(given: Scenario | None = None, book: PriceBook | None = None, model: PhaseModel | None = None) -> Case:
    given, book, model = given or scenario(), book or price_book(), model or phase_model()
    return case(given, book, model)


def rows(before: Case, after: Case) -> list[tuple[str, str, str]]:
    """Return what is told, without the line that names the catalogue."""
    return list(told(catalogue_table(before, after)).rows[1:])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"after": ("kickoff",)}, "Waits for"),
        ({"external_share": Decimal("0.11")}, "Consultant's share in percent"),
        ({"min_length_days": 77}, "Minimum length, days"),
        ({"note": "another"}, "Further details"),
        ({"min_length_days": 77, "note": "another"}, "Minimum length, days; Further details"),
    ],
)
def test_what_changes_of_a_task_is_named_where_its_days_stay(change: dict[str, Any], said: str) -> None:
    model = phase_model()
    tasks = tuple(task.model_copy(update=change) if task.id == TASK else task for task in model.tasks)
    ((_, _, after),) = rows(made(), made(model=replace(model, tasks=tasks)))
    assert after == f"as before, except: {said}"


@pytest.mark.parametrize(
    ("change", "said"),
    [({"requires": ("entra-p1",)}, "Requires"), ({"min_per_month": Decimal(9)}, "Minimum a month")],
)
def test_what_changes_of_a_price_is_named_where_its_amount_stays(change: dict[str, Any], said: str) -> None:
    book = price_book()
    prices = tuple(row.model_copy(update=change) if row.id == PRICE else row for row in book.prices)
    ((_, _, after),) = rows(made(), made(book=replace(book, prices=prices)))
    assert after == f"as before, except: {said}"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"deliverables": [{**TEXT, "delivered": "z"}]}, ("Own texts of tasks", "1", "other texts")),
        ({"deliverables": []}, ("Own texts of tasks", "1", "0")),
        ({"brand": {"firm": "F", "colour": "#ffffff"}}, ("Logo and colours", "F", "another look")),
        ({"brand": {}}, ("Logo and colours", "F", "no look of its own")),
    ],
)
def test_other_texts_and_another_look_are_told_whatever_their_number_and_name(
    change: dict[str, Any], line: tuple[str, str, str]
) -> None:
    fields = {**USED, "deliverables": [TEXT], "brand": {"firm": "F", "colour": "#000000"}}
    before, after = (CatalogueUse.model_validate(each) for each in (fields, {**fields, **change}))
    cases = [made(scenario(display__catalogue=used)) for used in (before, after)]
    assert rows(cases[0], cases[1]) == [line]
    assert rows(cases[0], cases[0]) == []


def test_a_step_of_a_price_that_is_not_the_first_is_named() -> None:
    book = price_book()
    stepped = next(row for row in book.prices if row.step > 1)
    prices = tuple(row.model_copy(update={"amount": row.amount / 2}) if row is stepped else row for row in book.prices)
    ((_, _, after),) = rows(made(), made(book=replace(book, prices=prices)))
    assert after == "as before, except: List price"
