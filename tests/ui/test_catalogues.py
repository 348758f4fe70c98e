"""My catalogues: kept by who signs in, looked at before they are used, named in the plan and its record."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st

from tests.builders import scenario
from tests.signed_in import account
from tests.ui.colleagues import UNDO
from tests.ui.meeting import texts
from tests.ui.screen import Screen
from tests.ui.test_sessions import begun, of
from tests.unit.engine.test_learning import finished, records_of
from zt_planner import bootstrap
from zt_planner.domain.scenario.fields import CATALOGUE
from zt_planner.domain.session import SessionId
from zt_planner.language import language_for
from zt_planner.store.changes import Revision
from zt_planner.topics.inputs.fields import field_value
from zt_planner.topics.learning import promised_by
from zt_planner.topics.view import View
from zt_planner.ui.addresses import SESSIONS
from zt_planner.workspace import catalogues, plans

pytestmark = pytest.mark.usefixtures("provider")


def saved(screen: Screen, name: str) -> Screen:
    """Keep the changes of the plan on a page under a name."""
    screen.go(SESSIONS).set("catalogue:name", name)
    return screen.press("catalogue:save")


def test_what_one_client_s_plan_changed_is_used_in_another_s() -> None:
    screen = begun("Anna")
    screen.unfold("fold:more").move("labour.external_day_rate:slider", 1100)
    saved(screen, "Firm")
    assert "**Firm**" in [element.value for element in screen.app.markdown]
    screen.press(UNDO)
    assert screen.scenario.labour.external_day_rate is None
    screen.press("catalogue:use:Firm")
    assert any(text.startswith("As planned: budget ") for text in texts(screen))
    assert any("with the catalogue, the plan costs EUR" in text for text in screen.captions)
    screen.press("incoming:apply")
    used = screen.scenario.display.catalogue
    assert used is not None
    assert used.name == "Firm"
    assert any("Calculated with the catalogue “Firm” of" in text for text in screen.go("plan").captions)
    kept = bootstrap.workspace().store.history.events(screen.state.session or SessionId(""))
    changes = [change for event in kept for change in event.changes if change.path == CATALOGUE]
    words = field_value(CATALOGUE, changes[-1].after, bootstrap.price_book())
    assert language_for("en").write(words).startswith("Firm, 6")


def test_nobody_sees_another_s_and_what_cannot_be_kept_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = saved(begun("Anna"), "Firm")
    other = of("Ben").go(SESSIONS)
    assert "**Firm**" not in [element.value for element in other.app.markdown]
    assert [error.partition(". ")[0] for error in saved(screen, "  ").errors] == ["The name is empty"]
    monkeypatch.setattr(catalogues, "MOST_KEPT", 1)
    assert [error.partition(", ")[0] for error in saved(screen, "Other").errors] == ["You keep 1 catalogues"]
    assert not saved(screen, "Firm").errors
    screen.press("catalogue:delete:Firm")
    assert "**Firm**" in [element.value for element in screen.app.markdown]
    screen.press("catalogue:deleted")
    assert "**Firm**" not in [element.value for element in screen.app.markdown]


def test_one_of_the_same_name_is_replaced_once_that_is_confirmed() -> None:
    screen = saved(begun("Anna"), " Firm ")
    kept = bootstrap.workspace().catalogues
    (before,) = kept.of(account("Anna"))
    saved(screen, "Firm")
    assert kept.of(account("Anna")) == (before,)
    assert any("You keep a catalogue “Firm” already." in text for text in texts(screen))
    screen.press("catalogue:replaced")
    (after,) = kept.of(account("Anna"))
    assert after.saved_at > before.saved_at
    assert not screen.has("catalogue:replaced")


def test_the_name_of_the_catalogue_in_use_is_not_in_the_field() -> None:
    screen = begun("Anna")
    bootstrap.workspace().change(screen.state, {CATALOGUE: {"name": "Firm", "day": "2026-11-06"}})
    assert screen.run().go(SESSIONS).shows("catalogue:name") == ""


def test_the_file_of_a_catalogue_is_called_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[object] = []
    monkeypatch.setattr(st, "download_button", lambda _, __, name, *___, **____: offered.append(name))
    saved(begun("Anna"), "Firm GmbH")
    assert "firm-gmbh.zttemplate" in offered


def test_plans_are_planned_and_drawn_once_and_copies_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, drawn = begun("Anna"), []

    def counted(view: View) -> date:
        drawn.append(view)
        return promised_by(view)

    monkeypatch.setattr(plans, "promised_by", counted)
    workspace = bootstrap.workspace()
    workspace.replace_scenario(screen.state, finished({"sso": 2.0}).scenario)
    screen.run().go(SESSIONS).press("another")
    screen.unfold("fold:learning").run().run()
    assert any("Of 1 plan promised at 80%, " in text for text in screen.captions)
    assert len(drawn) == 1


def test_without_recorded_days_it_is_still_said_how_promises_held() -> None:
    screen = begun("Anna")
    records = records_of({})
    for record in records["status__tasks"].values():
        del record["spent_internal"], record["spent_external"]
    bootstrap.workspace().replace_scenario(screen.state, scenario(**records))
    screen.run().go(SESSIONS).unfold("fold:learning")
    assert any("Of 1 plan promised at 80%, " in text for text in screen.captions)
    assert any("Nothing can be learned yet" in text for text in texts(screen))


def test_what_finished_plans_teach_is_ticked_and_kept() -> None:
    screen = begun("Anna")
    workspace = bootstrap.workspace()
    workspace.replace_scenario(screen.state, finished({"sso": 2.0}).scenario)
    screen.run().go(SESSIONS).unfold("fold:learning")
    assert any("Of 1 plan promised at 80%, " in text for text in screen.captions)
    screen.press("learning:keep")
    (kept,) = workspace.catalogues.of(account("Anna"))
    assert kept.name == "Learned efforts"


def test_a_revision_is_read_once_while_the_page_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = begun("Anna")
    workspace = bootstrap.workspace()
    workspace.replace_scenario(screen.state, finished({"sso": 2.0}).scenario)
    screen.run().go(SESSIONS)
    history, read = workspace.store.history, list[int]()
    revision = history.revision

    def counted(session: SessionId, number: int) -> Revision | None:
        read.append(number)
        return revision(session, number)

    monkeypatch.setattr(history, "revision", counted)
    monkeypatch.setattr(history, "latest", lambda *_: pytest.fail("read again"))
    screen.unfold("fold:learning").run().run()
    assert len(read) == len(set(read)) == 1
    monkeypatch.undo()
    workspace.change(workspace.open(screen.state.key), {"company.employees": 130})
    monkeypatch.setattr(history, "revision", counted)
    screen.run()
    assert len(read) == 2


def test_without_a_finished_plan_nothing_is_learned() -> None:
    screen = begun("Anna").go(SESSIONS).unfold("fold:learning")
    assert any("Nothing can be learned yet" in text for text in texts(screen))
    assert not screen.has("learning:keep")


def test_the_page_has_a_firm_s_look() -> None:
    use = {"name": "Firm", "day": "2026-11-06", "brand": {"footer": "Since 1999", "colour": "#ffe600"}}
    screen = begun("Anna")
    bootstrap.workspace().change(screen.state, {CATALOGUE: use})
    screen.run()
    assert any("Firm · Since 1999" in text for text in screen.captions)
    (style,) = styles(screen)
    assert "#ffe600" not in style
    assert '#root [data-testid="stMain"] h1 {' in style


def test_a_second_colour_alone_colours_the_headings_below() -> None:
    use = {"name": "Firm", "day": "2026-11-06", "brand": {"second_colour": "#0b7a5c"}}
    screen = begun("Anna")
    bootstrap.workspace().change(screen.state, {CATALOGUE: use})
    assert styles(screen.run()) == ['<style>#root [data-testid="stMain"] h2 { color: #0b7a5c; }</style>']


def styles(screen: Screen) -> list[str]:
    """Return what colours the page's headings."""
    return [
        each.proto.body for each in screen.app.get("html") if "stMain" in each.proto.body and " h2 {" in each.proto.body
    ]
