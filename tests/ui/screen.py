"""The dashboard as a test sees it: what it says, and the scenario behind it.

An `AppTest` on the UI script, never on `app.py`: on an ASGI application it is
empty and raises nothing. Every step asserts that the headline is there and
that it is the one of the scenario, so that no test can pass on an empty page.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput
from streamlit.util import calc_hash

from tests.builders import unstopped
from zt_planner import bootstrap
from zt_planner.domain import units
from zt_planner.domain.scenario.declared import unit_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.entries import day_in
from zt_planner.errors import DayRefused
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.view import StoppedView, View
from zt_planner.ui.app import dashboard
from zt_planner.ui.pages.what_if import TRY
from zt_planner.ui.state.tab import TAB, BrowserTab, OpenDialog
from zt_planner.workspace import State
from zt_planner.workspace.plans import Plans

SCRIPT = Path(dashboard.__file__).parents[1] / "script" / "dashboard.py"
SET_APART = re.compile(r":color\[(\\?.|&\w+;)\]")
ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
SECONDS = 60
"""What a run may take on the slowest machine; no run waits for it."""


def said(text: str) -> str:
    """Return what a reader sees of a text that was escaped for Markdown."""
    return unescape(ESCAPED.sub(r"\1", SET_APART.sub(r"\1", text)))


def shown_cell(cell: dict[str, Any]) -> str:
    """Return a cell with more than a text as Markdown would say it."""
    return " ".join((cell["text"], *(f":{badge['tone']}-badge[{badge['text']}]" for badge in cell["badges"])))


def frame_of(table: dict[str, Any]) -> pd.DataFrame:
    """Return what the component of a table draws as a frame."""
    rows = [[cell if isinstance(cell, str) else shown_cell(cell) for cell in row] for row in table["rows"]]
    return pd.DataFrame(rows, columns=[column["title"] for column in table["columns"]])


def tab_of(screen: Screen) -> BrowserTab:
    """Return what the server knows of a screen's tab."""
    tab: BrowserTab = screen.app.session_state[TAB]
    return tab


@cache
def _plans() -> Plans:
    return Plans(bootstrap.price_book(), bootstrap.phase_model(), bootstrap.today)


class Screen:
    """One browser tab."""

    def __init__(self, code: LanguageCode = LanguageCode.ENGLISH, **address: str) -> None:
        """Have a tab at an address with these parameters; its first `run` must speak this language.

        All controls at the side are there, also those under "More".
        """
        self.language = Language(code)
        self.cookies: dict[str, str] = {}
        self.app = AppTest.from_file(str(SCRIPT), default_timeout=SECONDS)
        for name, value in {"fold:more": "true", **address}.items():
            self.app.query_params[name] = value

    def run(self) -> Screen:
        """Draw the page and check that it answers both questions."""
        self.draw()
        assert self.headline.endswith(self.expected)
        return self

    def draw(self) -> None:
        """Draw the page, whatever it says, with this browser's cookies."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ContextProxy, "cookies", StreamlitCookies(self.cookies))
            self.app.run()
        assert not self.app.exception

    @property
    def state(self) -> State:
        state: State = self.app.session_state[TAB].state
        return state

    @property
    def scenario(self) -> Scenario:
        """The scenario that the page shows."""
        return self.state.scenario

    @property
    def plan(self) -> Plan:
        """The plan of the scenario as whoever looks may see it, computed here and not by the dashboard."""
        return unstopped(self.any_plan)

    @property
    def any_plan(self) -> AnyPlan:
        """The same, where it may have stopped."""
        return _plans().plan(self.scenario, shows_labour=self.state.sees_labour)

    @property
    def expected(self) -> str:
        """The sentence of the plan, with what is promised."""
        plan = self.any_plan
        if isinstance(plan, StoppedPlan):
            return said(self.language.write(plan_sentence(StoppedView(plan, self.language))))
        drawn = _plans().simulation(plan)
        return said(self.language.write(plan_sentence(View(plan, self.language, lambda: drawn))))

    @property
    def headline(self) -> str:
        """The page's title."""
        assert len(self.app.title) == 1
        return said(self.app.title[0].value)

    @property
    def answer(self) -> str:
        """What the page answers, in bold below its title."""
        bold = (element.value for element in self.app.markdown if element.value.startswith("**"))
        return said(next(bold)).strip("*")

    @property
    def errors(self) -> list[str]:
        """What is refused or blocking."""
        return [said(element.value) for element in self.app.error]

    @property
    def warnings(self) -> list[str]:
        """What should be checked."""
        return [said(element.value) for element in self.app.warning]

    @property
    def captions(self) -> list[str]:
        """The small print."""
        return [said(element.value) for element in self.app.caption]

    @property
    def figures(self) -> dict[str, tuple[str, str]]:
        """The figures by label: value and change, of the first screen's cards or of another page's."""
        cards = {card["title"]: (card["value"], (card.get("change") or {}).get("text", "")) for card in self.cards}
        return cards | {metric.label: (metric.value, metric.delta) for metric in self.app.metric}

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards of the first screen, as their component gets them; none on another page."""
        return [card for data in self.component("cards") for card in data["cards"]]

    @property
    def tables(self) -> list[pd.DataFrame]:
        """The tables as a reader sees them, badges after the texts of their cells."""
        return [frame_of(table) for table in self.component("table")]

    def table(self, name: str) -> pd.DataFrame:
        (found,) = (frame_of(table) for table in self.component("table") if table["alt"] == name)
        return found

    @property
    def asked(self) -> list[str]:
        """The names of the figures that can be asked about on cards and in tables."""
        cells = (cell for table in self.component("table") for row in table["rows"] for cell in row)
        named = (cell["name"] for cell in cells if not isinstance(cell, str))
        return [card["name"] for card in self.cards] + [name for name in named if name and not name.startswith(TRY)]

    def component(self, name: str) -> list[dict[str, Any]]:
        """Return what each component of ours of a name draws."""
        components = (element.proto for element in self.app.get("bidi_component"))
        return [json.loads(proto.json) for proto in components if proto.component_name == f"zt_planner_{name}"]

    def go(self, page: str, *unfolded: str) -> Screen:
        """Open a page by its address: the first one that the browser shows, or another; folds may be open on it."""
        place = calc_hash(page)
        self.app._page_hash = place  # noqa: SLF001 - `AppTest.switch_page` knows pages in files only
        self.unfold(*unfolded)
        assert place in self.app._registered_pages  # noqa: SLF001 - as above
        return self

    def follow(self, label: str) -> Screen:
        """Open the page that a link leads to; as in a browser, the widgets' values are sent along."""
        (link,) = (link for link in self.app.get("page_link") if link.proto.label == label)
        return self.go(link.proto.page)

    def unfold(self, *keys: str) -> Screen:
        """Open folds or menus, all of them before the page is drawn again."""
        for key in keys:
            self.app.session_state[key] = True
        return self.run()

    def with_table(self, name: str) -> Screen:
        """Have a table take the place of the picture that it belongs to."""
        self.app.query_params["table"] = name
        return self.run()

    def open_all(self, page: str) -> Screen:
        """Open a page with all of its folds, those inside others too."""
        self.go(page)
        while closed := [key for key in self.folds if not self.app.session_state[key]]:
            self.unfold(*closed)
        return self

    @property
    def folds(self) -> list[str]:
        """The keys of the folds that are there."""
        return [fold.proto.query_param_key for fold in self.app.expander if fold.proto.query_param_key]

    def picture(self, key: str = "picture") -> dict[str, Any]:
        """Return what is drawn by the picture with a key."""
        (drawn,) = (each for each in self.app.get("bidi_component") if each.key == key)
        found: dict[str, Any] = json.loads(drawn.proto.json)
        return found

    def widget(self, key: str) -> Any:  # noqa: ANN401 - the kinds of widgets share no type
        """Return a widget by its key; a variant's have one of their own."""
        own = f"{key}@{self.state.mark}" if TAB in self.app.session_state and self.state is not None else key
        return self.app.get_by_key(own if self._has(own) else key)

    def set(self, key: str, value: Any) -> None:  # noqa: ANN401 - widgets hold values of every kind
        """Set a widget; a number or a day is typed into a field as the reader writes it."""
        widget = self.widget(key)
        is_typed = isinstance(widget, TextInput) and not isinstance(value, str)
        widget.set_value(self.typed(value) if is_typed else value)

    def move(self, key: str, value: Any) -> Screen:  # noqa: ANN401 - as above
        """Set a widget and draw the page."""
        self.set(key, value)
        return self.run()

    def typed(self, number: float | Decimal | date | None) -> str:
        """Return a number or a day as the reader types it, without separators of thousands."""
        if isinstance(number, date):
            return self.language.typed_day(number)
        text = "" if number is None else f"{Decimal(str(number)):f}"
        return text.replace(".", self.language.separators[0])

    def shows(self, key: str) -> Any:  # noqa: ANN401 - as above
        return self.widget(key).value

    def number(self, key: str) -> Decimal | None:
        """Return the number that a field shows; None where it is empty."""
        point, thousands = tuple(self.language.separators)
        text = self.shows(key).replace(thousands, "").replace(point, ".")
        return Decimal(text) if text else None

    def held(self, path: str) -> Any:  # noqa: ANN401 - as above
        """Return what a field's widget holds: of a typed number or day that."""
        if not isinstance(self.widget(path), TextInput) or unit_of(path) is units.TEXT:
            return self.shows(path)
        with suppress(DayRefused):
            return day_in(self.shows(path), self.language)
        return self.number(path)

    def has(self, key: str) -> bool:
        """Tell whether there is a widget with a key."""
        return self._has(key) or (TAB in self.app.session_state and self._has(f"{key}@{self.state.mark}"))

    def _has(self, key: str) -> bool:
        try:
            self.app.get_by_key(key)
        except KeyError:
            return False
        return True

    def press(self, key: str) -> Screen:
        """Press a button, found by the start of its key, or a card or a cell by the name of its figure."""
        name = key.removeprefix("why:")
        if name in self.asked:
            self.app.session_state[TAB].dialog = OpenDialog(key, name)  # `AppTest` cannot press what a component draws
            return self.run()
        found = [button for button in self.app.button if (button.key or "").startswith(key)]
        assert len(found) == 1
        found[0].click()
        return self.run()

    def load(self, content: bytes, name: str = "scenario.json") -> Screen:
        """Load a scenario file through the menu."""
        self.unfold("menu:file")
        self.app.file_uploader[0].upload(name, content)
        return self.press("FormSubmitter:load")
