"""Alone with a link: a copy of one's own in which everything moves, and proposals to the session."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.approval import Says
from tests.ui.colleagues import changes
from tests.ui.meeting import Meeting, begun, joined, kept, me, texts
from tests.ui.screen import Screen, said
from tests.ui.test_nothing_hidden_is_learnt import ONE, OTHER, SHOWN, decide, minutes_of, sent
from tests.ui.test_store_trouble import with_store_away, with_store_back
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Proposal, ProposalEnd, Role, Rules
from zt_planner.errors import ProposalEnded, StoreError
from zt_planner.store.changes import Revision
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.proposals import Proposals

PEOPLE, MONTHS = "company.employees:slider", "timeline.target_months:slider"


def copied(viewer: Screen) -> Screen:
    """Have somebody who may not change the plan press "Try it yourself"."""
    return viewer.go("plan").press("try_out:panel")


def proposed(viewer: Screen, people: int = 150) -> Screen:
    """Have somebody propose another number of people out of a copy."""
    return copied(viewer).move(PEOPLE, people).press("propose")


def proposals(meeting: Meeting) -> tuple[Proposal, ...]:
    """Return what was proposed to a session, as its owner sees it."""
    return Proposals(bootstrap.workspace()).of(meeting.owner.state)


def line(screen: Screen) -> str:
    """Return the line of the only proposal that waits."""
    (found,) = (text for text in texts(screen) if "Proposal by" in text)
    return plain(found.removeprefix(":material/lightbulb: "))


def test_a_viewer_gets_a_copy_by_one_press_and_moves_everything_in_it(meeting: Meeting) -> None:
    before, viewer = kept(meeting.owner), meeting.viewer.go("plan")
    session = viewer.state.session
    assert viewer.has("try_out:levers")
    assert not any(screen.run().has("try_out:panel") for screen in (meeting.owner, meeting.editor))
    copied(viewer)
    assert viewer.state.session not in {session, None}
    assert viewer.state.me is not None
    assert viewer.state.me.role is Role.OWNER
    assert me(viewer) in viewer.app.query_params["me"]
    assert viewer.scenario == before.scenario
    assert not viewer.has("try_out:panel")
    viewer.move(PEOPLE, 150).move(MONTHS, 10)
    assert (viewer.scenario.company.employees, viewer.scenario.timeline.target_months) == (150, 10)
    assert (kept(meeting.owner).number, kept(meeting.owner).content) == (before.number, before.content)
    viewer.press("back")
    assert viewer.state.session == session
    assert viewer.scenario == before.scenario


def test_a_copy_is_kept_in_the_list_by_its_name(meeting: Meeting, says: Says) -> None:
    meeting.owner.run().unfold("fold:more_about_company").move("company.name", "Müller & *Söhne*")
    viewer = copied(meeting.viewer).go("sessions")
    titles = [said(text.value).strip("*") for text in viewer.app.markdown if text.value.startswith("**")]
    says(sorted(titles[1:]))
    again = Screen(me=me(viewer))
    again.cookies = viewer.cookies
    assert again.run().has("propose")


def test_a_copy_is_of_the_variant_that_is_shown_and_holds_neither_notes_nor_other_variants(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    workspace = bootstrap.workspace()
    workspace.set_notes(workspace.open(owner.state.key), "for us alone")
    shown = workspace.edit(
        workspace.open(owner.state.key),
        lambda latest: latest.with_copy(latest.mark, "b", "Later", {"timeline.target_months": 18}),
    )
    viewer.run().move("variant", "B")
    copied(viewer)
    assert viewer.scenario.timeline.target_months == 18
    assert (viewer.state.notes, viewer.state.plan_name, dict(viewer.state.variants)) == ("", "", {})
    viewer.move(PEOPLE, 150).press("propose")
    owner.go("plan").press("proposal:1:taken_over")
    assert kept(owner).scenario_of("B").company.employees == 150
    assert kept(owner).base == shown.base


def test_whoever_is_locked_out_gets_a_copy_too(meeting: Meeting) -> None:
    meeting.set_rules(Rules(is_locked=True))
    assert copied(meeting.editor).move(PEOPLE, 150).has("propose")


def test_a_proposal_is_read_by_those_who_may_change_the_plan_and_says_what_and_what_comes_of_it(
    meeting: Meeting, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = copied(meeting.viewer).press("propose")
    assert any("nothing to propose" in error for error in viewer.errors)
    viewer.move(PEOPLE, 150).press("propose")
    owner = meeting.owner.go("plan")
    with monkeypatch.context() as patch:
        patch.setattr(Plans, "view", lambda *_, **__: pytest.fail("planned though nobody asks"))
        says(line(owner.run()))
    (promised,) = (text for text in texts(owner.unfold("proposal:1:promise")) if text.startswith("With this"))
    says(promised)
    assert meeting.editor.go("budget").has("proposal:1:declined")
    assert any("waits for a decision" in text for text in viewer.captions)
    watcher = joined(meeting.owner, Role.VIEWER, "Wim").go("plan")
    assert not watcher.has("proposal:1:declined")
    assert not any("Proposal by" in text for text in texts(watcher))


def test_it_is_taken_over_as_one_edit_and_taken_back_by_one_undo(meeting: Meeting) -> None:
    copied(meeting.viewer).move(PEOPLE, 150).move(MONTHS, 10).press("propose")
    owner = meeting.owner.go("plan")
    before = kept(owner)
    owner.press("proposal:1:taken_over")
    after = kept(owner)
    assert (after.base.company.employees, after.base.timeline.target_months) == (150, 10)
    assert after.number == before.number + 1
    assert not owner.has("proposal:1:taken_over")
    assert any("taken over by Anna" in text for text in meeting.viewer.run().captions)
    owner.press("step:undo")
    assert kept(owner).base == before.base


def test_it_is_compared_as_a_variant_or_declined(meeting: Meeting) -> None:
    workspace = bootstrap.workspace()
    proposed(meeting.viewer).move(PEOPLE, 170).press("propose")
    editor = meeting.editor.go("plan").press("proposal:1:compared")
    assert editor.state.shown == "B"
    assert editor.scenario.company.employees == 150
    assert kept(editor).base.company.employees == 120
    assert kept(editor).variants["B"].name == "Proposal by Vera"
    meeting.owner.go("plan").press("proposal:2:declined")
    ends = [(each.end, each.ended_by) for each in proposals(meeting)]
    assert ends == [(ProposalEnd.COMPARED, me(editor)), (ProposalEnd.DECLINED, me(meeting.owner))]
    assert kept(meeting.owner).base == kept(editor).base
    assert Proposals(workspace).open(workspace.open(meeting.owner.state.key)) == ()


def test_a_full_list_of_variants_is_said_and_the_proposal_stays(meeting: Meeting) -> None:
    workspace = bootstrap.workspace()
    for name in "bcd":
        state = workspace.open(meeting.owner.state.key)
        workspace.edit(state, lambda latest, name=name: latest.with_copy(latest.mark, name, name))  # type: ignore[misc]
    proposed(meeting.viewer)
    owner = meeting.owner.go("plan").press("proposal:1:compared")
    assert any("at most 3 variants" in error for error in owner.errors)
    assert owner.has("proposal:1:compared")
    owner.press("proposal:1:taken_over")
    assert kept(owner).base.company.employees == 150


@pytest.mark.parametrize("how", ["taken_over", "compared"])
def test_what_is_not_saved_is_not_decided(meeting: Meeting, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    def fails(*_: object, **__: object) -> Revision:
        raise StoreError("here", "full")

    proposed(meeting.viewer)
    owner, workspace = meeting.owner.go("plan"), bootstrap.workspace()
    monkeypatch.setattr(workspace.store.history, "append", fails)
    owner.press(f"proposal:1:{how}")
    assert proposals(meeting)[0].end is None
    assert any("Your decision could not be saved" in error for error in owner.errors)
    assert not any("saved automatically" in text for text in (*owner.errors, *owner.warnings))
    monkeypatch.undo()
    owner.run()
    assert (kept(owner).base.company.employees, dict(kept(owner).variants)) == (120, {}), "nothing waits to be saved"
    assert owner.press(f"proposal:1:{how}").scenario.company.employees == 150


def test_a_store_that_is_away_while_somebody_decides_does_not_promise_to_save_it(
    meeting: Meeting, store_file: Path
) -> None:
    proposed(meeting.viewer)
    owner = meeting.owner.go("plan")
    with_store_away(store_file)
    owner.press("proposal:1:declined")
    said_now = (*owner.errors, *owner.warnings)
    assert any("Your decision could not be saved" in text for text in said_now)
    assert not any("saved automatically" in text for text in said_now)
    with_store_back(store_file)
    assert owner.run().has("proposal:1:declined")
    assert proposals(meeting)[0].end is None


@pytest.mark.parametrize("second", ["taken_over", "compared", "declined"])
def test_of_two_who_decide_at_once_the_second_is_told_what_the_first_did(meeting: Meeting, second: str) -> None:
    proposed(meeting.viewer)
    owner, editor = meeting.owner.go("plan"), meeting.editor.go("plan")
    owner.press("proposal:1:taken_over")
    before = kept(owner)
    editor.press(f"proposal:1:{second}")
    (told,) = editor.errors
    assert "was decided in the meantime: taken over by Anna" in plain(told)
    assert (kept(owner).number, kept(owner).content) == (before.number, before.content)
    assert proposals(meeting)[0].end is ProposalEnd.TAKEN_OVER


def test_of_two_decisions_that_are_saved_at_the_same_moment_one_is_kept(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(meeting.viewer)
    workspace = bootstrap.workspace()
    owner, editor = (workspace.open(screen.run().state.key) for screen in (meeting.owner, meeting.editor))
    append, here = workspace.store.history.append, Proposals(workspace)

    def after_the_other(*given: Any, **more: Any) -> Revision:  # noqa: ANN401 - as it is
        monkeypatch.undo()
        here.compare(editor, 1, "Beside")
        return append(*given, **more)

    monkeypatch.setattr(workspace.store.history, "append", after_the_other)
    with pytest.raises(ProposalEnded):
        here.take_over(owner, 1)
    after = kept(meeting.owner)
    assert (after.base.company.employees, [each.name for each in after.variants.values()]) == (120, ["Beside"])
    assert proposals(meeting)[0].end is ProposalEnd.COMPARED


def test_a_plan_that_has_changed_since_keeps_what_the_proposal_does_not_name(meeting: Meeting) -> None:
    proposed(meeting.viewer)
    changes(meeting.owner.state, timeline__target_months=15)
    meeting.owner.go("plan").press("proposal:1:taken_over")
    assert kept(meeting.owner).base.company.employees == 150
    assert kept(meeting.owner).base.timeline.target_months == 15


def test_what_does_not_fit_any_more_is_said_and_can_only_be_declined(meeting: Meeting) -> None:
    copied(meeting.viewer).unfold("fold:more_about_company")
    viewer = meeting.viewer
    changes(viewer.state, company__frontline=100)
    viewer.run().press("propose")
    changes(meeting.owner.state, company__employees=60)
    owner = meeting.owner.go("plan")
    assert "does not fit the plan any more" in line(owner)
    assert not owner.has("proposal:1:taken_over")
    owner.press("proposal:1:declined")
    assert not any("Proposal by" in text for text in texts(owner))


def test_what_the_plan_has_already_is_said(meeting: Meeting) -> None:
    proposed(meeting.viewer)
    changes(meeting.owner.state, company__employees=150)
    owner = meeting.owner.go("plan")
    assert "the plan has what it asks for" in line(owner)
    assert not owner.has("proposal:1:taken_over")


def test_a_flood_is_bounded_and_said(meeting: Meeting) -> None:
    viewer = copied(meeting.viewer)
    for people in (150, 160, 170):
        viewer.move(PEOPLE, people).press("propose")
    viewer.move(PEOPLE, 180).press("propose")
    assert any("3 proposals wait" in error for error in viewer.errors)
    assert len(proposals(meeting)) == 3


@pytest.mark.parametrize("how", ["seat", "session"])
def test_a_copy_outlives_the_seat_and_the_session_it_came_from(meeting: Meeting, how: str) -> None:
    viewer = copied(meeting.viewer).move(PEOPLE, 150)
    people = bootstrap.workspace().people
    if how == "seat":
        source = viewer.state.seat
        assert source is not None
        assert source.copied_from is not None
        people.remove(meeting.owner.state, source.copied_from.participant)
    else:
        people.delete(meeting.owner.state)
    viewer.press("propose")
    assert any("has ended" in error for error in viewer.errors)
    assert not viewer.run().has("propose")
    assert any("has ended" in text for text in viewer.captions)
    assert viewer.scenario.company.employees == 150


def test_a_proposal_stays_when_its_authors_seat_has_ended(meeting: Meeting) -> None:
    viewer = proposed(meeting.viewer)
    assert viewer.state.seat is not None
    assert viewer.state.seat.copied_from is not None
    bootstrap.workspace().people.remove(meeting.owner.state, viewer.state.seat.copied_from.participant)
    owner = meeting.owner.go("plan")
    assert line(owner).startswith("Proposal by Vera")
    owner.press("proposal:1:taken_over")
    assert kept(owner).base.company.employees == 150


@pytest.mark.extended
def test_the_record_has_every_proposal_with_who_and_what_became_of_it(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(meeting.viewer)
    meeting.owner.go("plan").press("proposal:1:taken_over")
    (row,) = meeting.owner.go("record").table("Proposals").to_numpy()
    assert "People" in row[0]
    assert "taken over by Anna" in row[1]
    assert row[2] == "Vera"
    assert "taken over by Anna" in minutes_of(meeting.owner, monkeypatch)[0]


# What is hidden


@pytest.mark.extended
@pytest.mark.parametrize("page", ["budget", "prices", "record", "share"])
def test_no_page_of_a_copy_depends_on_what_is_hidden(page: str) -> None:
    pages = []
    for secrets in (ONE, OTHER):
        meeting = begun(Screen())
        decide(meeting, SHOWN)
        decide(meeting, secrets)
        meeting.set_rules(Rules(hides_rates=True, hides_notes=True))
        viewer = copied(meeting.viewer)
        text = sent(viewer, page)
        for known in (viewer.state.origin, me(viewer), *(seat_of(viewer),)):
            text = text.replace(known, "")
        pages.append(text)
    assert len(pages[0]) > 1000
    assert strip_moments(pages[0]) == strip_moments(pages[1])


def seat_of(viewer: Screen) -> str:
    """Return the participant of whom a copy was made."""
    assert viewer.state.seat is not None
    assert viewer.state.seat.copied_from is not None
    return viewer.state.seat.copied_from.participant


def strip_moments(text: str) -> str:
    """Return a page without the times and the random names of marks in it."""
    import re  # noqa: PLC0415 - of one test

    return re.sub(r"\d\d?:\d\d|@[0-9a-f]{8}|[0-9a-f]{16}", "", text)


def test_a_copy_counts_with_the_rates_of_the_price_book_and_proposes_none(hidden: Screen, meeting: Meeting) -> None:
    viewer = copied(hidden)
    assert meeting.owner.run().scenario.labour.external_day_rate == 1333
    assert viewer.scenario == meeting.owner.scenario.without_rates()
    changes(viewer.state, labour__external_day_rate=Decimal(900))
    viewer.run().press("propose")
    assert any("nothing to propose" in error for error in viewer.errors), "rates alone, which they may not see"
    viewer.move(PEOPLE, 150).press("propose")
    (found,) = proposals(meeting)
    assert [change.path for change in found.changes] == ["company.employees"]
    meeting.owner.go("plan").press("proposal:1:taken_over")
    assert kept(meeting.owner).base.labour.external_day_rate == 1333


@pytest.mark.extended
def test_a_viewer_reads_nothing_of_a_proposal_that_names_hidden_rates(meeting: Meeting) -> None:
    meeting.set_rules(Rules(is_locked=True, hides_rates=True))
    editor = copied(meeting.editor)
    changes(editor.state, labour__external_day_rate=Decimal(987))
    editor.run().press("propose")
    assert len(proposals(meeting)) == 1
    assert Proposals(bootstrap.workspace()).of(meeting.viewer.run().state) == ()
