"""Laws of the tables: what was exported in either dialect comes back and changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY
from tests.property.any_plan import MODEL, SHIPPED, planned, small_scenario
from zt_planner.catalog import price_list_from, proposals_of
from zt_planner.domain.scenario.price_proposal import ChangeKind
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.dialects import Dialect, unprotected
from zt_planner.media.csv.files import plan_files
from zt_planner.media.csv.price_book import price_book_bytes
from zt_planner.workspace.incoming import OpenPlan, read_file


@given(
    scenario=small_scenario, dialect=st.sampled_from(Dialect), code=st.sampled_from(LanguageCode), shown=st.booleans()
)
def test_tables_that_nobody_has_changed_change_nothing(
    *, scenario: Scenario, dialect: Dialect, code: LanguageCode, shown: bool
) -> None:
    plan = planned(scenario, shows_labour=shown)
    book = plan.case.book
    for file, content in plan_files(plan, Language(code), dialect).items():
        said = read_file(content, file, OpenPlan(plan, SHIPPED, MODEL, TODAY))
        assert (said.edits, said.left_out, said.notices) == ({}, (), ()), file
    listed = price_list_from(price_book_bytes(book, dialect), "prices.csv")
    prices = proposals_of(listed, book, today=TODAY, clean=unprotected)
    assert {each.change_kind for each in prices} <= {ChangeKind.UNCHANGED}
