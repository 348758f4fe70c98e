"""The page of an approval: it belongs to the approved plan too, and says where a plan has changed since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.blocks import tables_in, texts_in
from tests.builders import TODAY, case, scenario
from tests.papers import handout
from tests.words import told
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.engine.under_way.approved import approved, changed_mark
from zt_planner.files.scenario_json import with_values
from zt_planner.media.board import board_paper_of
from zt_planner.topics.block import Group
from zt_planner.topics.decisions.approval import CHANGED, approval_group

GIVEN = scenario(timeline__start="2027-01-04")


@pytest.fixture(scope="module")
def approval() -> Approved:
    found = approved(case(GIVEN, price_book(), phase_model()), "Anna Berg", TODAY)
    assert found is not None
    return found


def page(approval: Approved, *, shows_labour: bool = True, **values: object) -> Group:
    """Return the page of a plan that was approved, with some fields of it changed since."""
    changes = {path.replace("__", "."): value for path, value in values.items()}
    given = with_values(GIVEN, {APPROVED: approval.model_dump(mode="json"), **changes})
    found = approval_group(handout(given, shows_labour=shows_labour))
    assert found is not None
    return found


def test_a_plan_that_has_changed_since_says_so_first(approval: Approved) -> None:
    assert told(texts_in(page(approval, company__employees=300)))[0] == told(CHANGED)
    assert told(texts_in(page(approval, labour__external_day_rate=999)))[0] == told(CHANGED)
    checksum, changed = (
        told(tables_in(found)[0].rows[-1][1]) for found in (page(approval), page(approval, company__employees=300))
    )
    assert changed == changed_mark(checksum)


def test_what_is_recorded_or_shown_changes_no_plan(approval: Approved) -> None:
    assert told(CHANGED) not in told(texts_in(page(approval)))
    assert told(CHANGED) not in told(texts_in(page(approval, status__at="2027-02-01", display__currency="CHF")))


def test_where_day_rates_are_hidden_a_change_of_them_is_not_told(approval: Approved) -> None:
    hidden = page(approval, shows_labour=False)
    assert told(CHANGED) not in told(texts_in(hidden))
    assert told(page(approval, shows_labour=False, labour__external_day_rate=999)) == told(hidden)
    assert told(CHANGED) in told(texts_in(page(approval, shows_labour=False, company__employees=300)))


def test_the_approved_plan_itself_has_the_page_and_the_checksum(approval: Approved) -> None:
    kept = with_values(GIVEN, {APPROVED: approval.model_dump(mode="json")}).approved_plan
    view = replace(handout(kept), approval=approval)
    found = approval_group(view)
    assert found is not None
    assert told(found) == told(page(approval))
    checksum = told(tables_in(found)[0].rows[-1][1])
    assert checksum.startswith("sha256:")
    assert board_paper_of(view).mark == checksum
    assert [sheet.name for sheet in board_paper_of(view).sheets][-1] == "approval"
    hidden = replace(handout(kept, shows_labour=False), approval=approval)
    assert board_paper_of(hidden).mark == ""
