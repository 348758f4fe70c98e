"""My clients: who signs in sees all of their sessions as one list with four pictures, and keeps reviews of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.signed_in import account
from tests.ui.meeting import everything, texts
from tests.ui.screen import Screen
from tests.ui.test_catalogues import saved
from tests.ui.test_sessions import begun, joined, of
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.ui.addresses import SESSIONS
from zt_planner.ui.components.account.clients import REVIEW
from zt_planner.workspace import State
from zt_planner.workspace.jobs import clients as jobs
from zt_planner.workspace.runners.job_runner import Jobs

pytestmark = pytest.mark.usefixtures("provider")
CLIENTS = "My clients"
RATE, OTHER_RATE = {"labour.external_day_rate": 1333}, {"labour.external_day_rate": 971}


def another(screen: Screen, company: str, name: str = "Anna") -> State:
    """Return the page of another session that somebody has for a company."""
    workspace = bootstrap.workspace()
    _, participant = workspace.people.duplicate(screen.state)
    key = workspace.accounts.key({}, account(name), participant)
    assert key is not None
    state = replace(workspace.open(key), holder=account(name))
    return workspace.change(state, {"company.name": company})


def column(screen: Screen, title: str, table: str = CLIENTS) -> dict[str, str]:
    """Return a column of a table by the clients."""
    found = screen.table(table)
    return dict(zip(map(str, found["Client"]), map(str, found[title]), strict=True))


def companies(screen: Screen) -> list[str]:
    return list(screen.table(CLIENTS)["Client"])


def test_several_sessions_are_a_portfolio_that_leads_to_each() -> None:
    screen = begun("Anna")
    assert "My sessions" in [header.value for header in screen.go(SESSIONS).app.header]
    harbour = another(screen, "Harbour Ltd")
    screen.run()
    assert screen.answer.startswith("2 clients: EUR")
    assert companies(screen) == ["Harbour Ltd", "Mill and Sons"]
    (data,) = (data for data in screen.component("table") if data["alt"] == CLIENTS)
    assert harbour.me is not None
    assert {row[0]["text"]: row[0]["link"] for row in data["rows"]} == {
        "Harbour Ltd": f"/?me={harbour.me.id}",
        "Mill and Sons": "/?me=own",
    }
    charts = {chart.proto.id.rpartition("-")[2]: chart for chart in screen.app.get("plotly_chart")}
    assert len(charts) == 4
    assert [link.proto.label for link in screen.app.get("page_link")].count(CLIENTS) == 1
    screen.unfold("fold:clients_money_table")
    assert screen.table("Money by quarter").iloc[-1, 0] == "All clients"


def test_what_was_typed_as_the_team_s_days_marks_full_weeks_or_is_refused() -> None:
    screen = begun("Anna").go(SESSIONS)
    another(screen, "Harbour Ltd")
    assert "the consultants busiest in week" in screen.run().answer
    screen.move("clients:capacity", "0.5")
    assert "the consultants more than full in weeks" in screen.answer
    screen.move("clients:capacity", "many")
    assert [error.partition(". ")[0] for error in screen.errors] == ["'many' cannot be read as a number"]
    assert "busiest" in screen.answer


def test_more_plans_than_a_page_waits_for_are_calculated_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    screen = begun("Anna").go(SESSIONS)
    another(screen, "Harbour Ltd")
    assert screen.run().answer == "You have 2 clients."
    workspace = bootstrap.workspace()
    monkeypatch.setattr(workspace, "jobs", Jobs())
    monkeypatch.setattr(workspace.jobs, "launch", lambda run: run())
    assert screen.run().run().answer.startswith("2 clients: EUR")


def test_archived_sessions_and_copies_are_no_clients() -> None:
    screen = begun("Anna").go(SESSIONS)
    for company in ("Harbour Ltd", "Old Ltd"):
        another(screen, company)
    accounts = bootstrap.workspace().accounts
    (old,) = (own for own in accounts.sessions(account("Anna")) if own.company == "Old Ltd")
    accounts.archive(account("Anna"), old.me.id, is_archived=True)
    assert sorted(companies(screen.run())) == ["Harbour Ltd", "Mill and Sons"]


# The leak law: nobody sees a session without a seat, nor what follows from a hidden rate


def test_nobody_sees_a_session_that_they_have_no_seat_in_nor_one_that_they_lost() -> None:
    screen = begun("Anna", "Secret Mill")
    ben = of("Ben").run().unfold("fold:more_about_company").move("company.name", "Ben's own")
    another(ben, "Ben's other", "Ben")
    ben.go(SESSIONS)
    assert "Secret Mill" not in everything(ben)
    seat = joined(screen.state, "Ben")
    assert "Secret Mill" in companies(ben.run())
    ben.press("clients:keep")
    assert seat.me is not None
    bootstrap.workspace().people.remove(screen.state, seat.me.id)
    assert "Secret Mill" not in everything(ben.run())
    kept = bootstrap.today().isoformat()
    ben.move(f"{REVIEW}:en", kept)
    assert "Secret Mill" not in everything(ben)
    assert any(caption.startswith("1 client is left out") for caption in ben.captions)


def test_no_word_of_the_page_depends_on_a_rate_that_is_hidden_nor_on_whether_it_was_changed() -> None:
    workspace = bootstrap.workspace()
    screen = begun("Anna")
    joined(screen.state, "Ben", Role.VIEWER)
    workspace.people.set_rules(screen.state, hides_rates=True)
    ben = of("Ben", me="own").run().unfold("fold:more_about_company").move("company.name", "Ben's own")

    def sent() -> str:
        ben.open_all(SESSIONS).run()
        tables = "".join(table.to_csv() for table in ben.tables)
        return "\n".join((*sorted((*texts(ben), *ben.captions[1:])), tables, charts_of(ben)))  # sessions by last use

    before = sent()
    assert "at least EUR" in before
    assert "without labour" in before
    for secrets in (RATE, OTHER_RATE):
        workspace.change(workspace.open(screen.state.key), secrets)
        assert sent() == before
    workspace.people.set_rules(workspace.open(screen.state.key), hides_rates=False)
    assert sent() != before


def charts_of(screen: Screen) -> str:
    """Return what the pictures are drawn from."""
    return "".join(chart.proto.spec for chart in screen.app.get("plotly_chart"))


def test_a_review_without_a_rate_that_was_hidden_since() -> None:
    workspace = bootstrap.workspace()
    screen = begun("Anna")
    joined(screen.state, "Ben", Role.VIEWER)
    ben = of("Ben", me="own").run().unfold("fold:more_about_company").move("company.name", "Ben's own")
    ben.go(SESSIONS).press("clients:keep")
    workspace.people.set_rules(screen.state, hides_rates=True)
    ben.run().move(f"{REVIEW}:en", bootstrap.today().isoformat())
    budgets = column(ben, "Promised budget")
    assert budgets["Mill and Sons"] == ""
    assert budgets["Ben's own"].startswith("EUR")
    assert column(ben, "Done by")["Mill and Sons"]


# Reviews


def test_a_review_is_kept_as_it_was_on_its_day_and_says_what_changed_since(
    monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    screen = begun("Anna").go(SESSIONS)
    harbour = another(screen, "Harbour Ltd")
    before = screen.run().table(CLIENTS)
    screen.press("clients:keep")
    workspace = bootstrap.workspace()
    later = today + timedelta(days=7)
    monkeypatch.setattr(workspace, "today", lambda: later)
    monkeypatch.setattr(workspace.plans, "today", lambda: later)
    workspace.change(workspace.open(harbour.key), {"company.employees": 300})
    screen.run()
    changed = plain(column(screen, "What changed")["Harbour Ltd"])
    assert changed.startswith("+EUR")
    assert changed.endswith("since the review of 6 Nov 2026")
    screen.move(f"{REVIEW}:en", today.isoformat())
    shown = screen.table(CLIENTS)
    assert sorted(shown.to_csv(index=False).splitlines()) == sorted(before.to_csv(index=False).splitlines())
    assert any(plain(caption).startswith("Kept on 6 November 2026") for caption in screen.captions)
    screen.press("clients:delete").press("clients:deleted")
    assert not screen.has(f"{REVIEW}:en")
    assert workspace.clients.reviews(account("Anna")) == {}


def test_a_review_of_rates_that_were_hidden_on_its_day_keeps_the_amounts_without_them() -> None:
    workspace = bootstrap.workspace()
    screen = begun("Anna")
    joined(screen.state, "Ben", Role.VIEWER)
    workspace.people.set_rules(screen.state, hides_rates=True)
    ben = of("Ben", me="own").run().unfold("fold:more_about_company").move("company.name", "Ben's own")
    ben.go(SESSIONS).press("clients:keep")
    shown = column(ben, "Promised budget")
    ben.move(f"{REVIEW}:en", bootstrap.today().isoformat())
    assert column(ben, "Promised budget") == shown
    assert shown["Mill and Sons"].endswith("without labour")


def test_more_reviews_than_there_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zt_planner.workspace.clients.MOST_REVIEWS", 0)
    screen = begun("Anna").go(SESSIONS)
    another(screen, "Harbour Ltd")
    screen.run().press("clients:keep")
    assert [error.partition(", ")[0] for error in screen.errors] == ["You keep the reviews of 0 days"]


# A catalogue for several clients


def test_a_catalogue_is_applied_to_chosen_clients_and_what_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = bootstrap.workspace()
    screen = begun("Anna")
    screen.unfold("fold:more").move("labour.external_day_rate:slider", 1100)
    saved(screen, "Firm")
    harbour, locked = another(screen, "Harbour Ltd"), another(screen, "Locked Ltd")
    for state in (harbour, locked):
        workspace.change(state, {"labour.external_day_rate": None})
    own = {each.company: each for each in workspace.accounts.sessions(account("Anna"))}
    monkeypatch.setattr(workspace.jobs, "launch", lambda run: run())
    screen.run().press("catalogue:several:Firm")
    screen.move("catalogue:clients:Firm", [own["Harbour Ltd"].me.id, own["Locked Ltd"].me.id])
    screen.run()
    does = column(screen, "What it does", "What Firm does")
    assert ["budget from EUR" in text for text in does.values()] == [True, True]
    workspace.people.set_rules(workspace.open(locked.key), is_locked=True)
    numbers = {state.key: workspace.open(state.key).number for state in (harbour, locked)}
    screen.press("catalogue:apply")
    assert len(screen.app.success) == 1
    assert [error.partition(":")[0] for error in screen.errors] == ["Locked Ltd"]
    changed = workspace.open(harbour.key)
    assert changed.number == numbers[harbour.key] + 1
    assert changed.scenario.display.catalogue is not None
    assert workspace.open(locked.key).number == numbers[locked.key]
    undone = workspace.undo(changed)
    assert undone.scenario.display.catalogue is None
