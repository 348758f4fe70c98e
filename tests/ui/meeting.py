"""Several people in one session, each with a browser of their own."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple, cast

from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.session import ParticipantId, Role, Rules, RulesSet
from zt_planner.workspace import State
from zt_planner.workspace.keys import HOME_COOKIE, Browser, Token, new_key

HOST = "https://plan.example:8443"
FOLDS = (
    "money",
    "actuals",
    "stages",
    "tasks",
    "order_free",
    "licences_today",
    "more_about_company",
    "choices",
    "calendar_and_teams",
    "rates",
    "display",
    "load",
    "days_off",
    "joint",
    "drivers",
    "outside",
    "all_decisions",
    "losses",
    "range_findings",
    "ranges",
    "shares",
    "price_findings",
    "price_book",
    "others",
    "jumps",
    "dues",
    "questions",
    "findings",
    "open_points",
    "formats",
    "notes",
)


class Meeting(NamedTuple):
    """An owner with a plan of their own, and one who joined as an editor, one as a viewer."""

    owner: Screen
    editor: Screen
    viewer: Screen

    def set_rules(self, rules: Rules) -> None:
        """Have the owner set what holds."""
        bootstrap.workspace().people.set_rules(self.owner.state, **cast("RulesSet", asdict(rules)))


def begun(screen: Screen) -> Meeting:
    """Begin a session in a browser, which then looks at "share"; the two who join have opened nothing yet."""
    workspace = bootstrap.workspace()
    owner = workspace.begin(workspace.open(new_key()))
    workspace.people.rename(owner, "Anna")
    screen.cookies = {HOME_COOKIE: owner.key}
    screen.app.context = {"url": f"{HOST}/share"}
    screen.go("share")
    return Meeting(screen, joined(screen, Role.EDITOR, "Emil"), joined(screen, Role.VIEWER, "Vera"))


def joined(owner: Screen, role: Role, name: str) -> Screen:
    """Return the browser of somebody who has joined by a role's link."""
    people = bootstrap.workspace().people
    link = people.links(owner.state).get(role)
    token = people.renew_link(owner.state, role) if link is None else link.token
    assert token is not None
    browser = Browser(new_key())
    found = people.join(Token(token), name, browser)
    assert found is not None
    screen = Screen(me=found[1].participant.id)
    screen.cookies = {HOME_COOKIE: browser.root}
    return screen


def me(screen: Screen) -> ParticipantId:
    """Return who looks."""
    assert screen.state.me is not None
    return screen.state.me.id


def texts(screen: Screen) -> list[str]:
    """Return the paragraphs of a page."""
    return [said(element.value) for element in screen.app.markdown]


def kept(screen: Screen) -> State:
    """Return what the store holds of a session."""
    return bootstrap.workspace().open(screen.state.key)


def questions(screen: Screen) -> list[str]:
    """Return what the page asks for in a line of text."""
    return [field.label for field in screen.app.text_input]


def everything(screen: Screen) -> str:
    """Return all that the page sent to the browser: texts, values, charts with their words, tables."""
    charts = "".join(chart.proto.spec for chart in screen.app.get("plotly_chart"))
    tables = "".join(table.to_csv() for table in screen.tables)
    protos = "".join(str(getattr(element, "proto", "")) for element in screen.app._tree)  # noqa: SLF001
    unescaped = protos.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    return (unescaped + charts + tables).replace("\\u00a0", "\N{NO-BREAK SPACE}")
