"""A browser far away: what was told and what was done cross each other, and still every edit counts and nothing else.

The browser draws runs in their order and sends messages in theirs; a run
answers each message, and others change the field in between. A run may never
be drawn, where another one began before it was sent; and the code of the
widget may reach the browser long after the first runs.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st

from zt_planner.ui.seams import written
from zt_planner.ui.state.echo import NOTHING, WidgetEcho

ACTS = ("draw", "draw all", "half", "lose", "load", "person", "back", "button", "arrives", "round", "others")


@dataclass
class Link:
    """A field at a server, its widget in a browser, and what is on its way between them."""

    form: type[int | str] = int
    """A slider's or a text field's."""
    value: object = field(init=False)
    """The field's."""
    sent: object = NOTHING
    """What the server takes the widget to hold."""
    echo: WidgetEcho = field(default_factory=WidgetEcho)
    run: int = 0
    held: object = NOTHING
    """What the widget holds."""
    drawn: int = 0
    default: object = None
    marked: int = 0
    """The run that the browser's last message has called drawn."""
    is_loaded: bool = False
    runs: deque[tuple[int, object, object]] = field(default_factory=deque)
    messages: deque[tuple[object, int, bool]] = field(default_factory=deque)
    tellings: list[tuple[int, object]] = field(default_factory=list)
    past: list[object] = field(default_factory=list)
    before_half: object = NOTHING
    """What a widget held that has drawn a run which the page does not say it has drawn."""
    fresh: int = 1

    def __post_init__(self) -> None:
        """Begin with a value."""
        self.value = self.form(0)

    def new_value(self) -> object:
        """Return a value that was nowhere before."""
        self.fresh += 1
        return self.form(self.fresh)

    def answer(self) -> None:
        """Run the script: the default is the field's value, and it is told where the browser must hear it."""
        self.run += 1
        is_told = self.echo.must_send(self.value, self.sent, self.run)
        if is_told:
            self.sent = written(self.value)
            self.tellings.append((self.run, self.value))
        self.runs.append((self.run, self.value, self.value if is_told else None))

    def draw(self) -> None:
        """Draw the next run."""
        if self.runs:
            self.drawn, self.default, told = self.runs.popleft()
            self.before_half = NOTHING
            if self.is_loaded:
                self.held = self.held if told is None else told

    def half(self) -> None:
        """Draw the widget of the next run, and not yet what says that the run is drawn."""
        if self.runs and self.is_loaded and self.runs[0][2] is not None:
            self.before_half = self.held if self.before_half is NOTHING else self.before_half
            self.held = self.runs[0][2]

    def load(self) -> None:
        """Have the widget begin with what the latest run gives it as its default."""
        if not self.is_loaded and self.drawn:
            self.is_loaded, self.held = True, self.default

    def lose(self) -> None:
        """Leave a run out, as the next one has begun before it was sent."""
        if len(self.runs) > 1:
            self.runs.popleft()

    def person(self, value: object) -> None:
        """Set the widget, which sends a message.

        In the moment between a widget that is drawn and the page that says so, setting it back to what it held before
        cannot be told from a page that is late.
        """
        if self.held not in {NOTHING, value}:
            self.past.append(self.held)
            self.held = value
            self.messages.append((value, self.drawn, value != self.before_half))

    def button(self) -> None:
        """Press something else, which sends the widget's value along."""
        self.messages.append((self.held, self.drawn, False))

    def round(self) -> None:
        """Press something else, and have it answered while nothing is drawn."""
        self.button()
        self.arrives()

    def arrives(self) -> None:
        """Take the next message, and answer it."""
        if not self.messages:
            return
        held, drawn, is_act = self.messages.popleft()
        is_edit = is_act and held not in {value for run, value in self.tellings if run > drawn}
        if drawn != self.marked:
            self.marked = drawn
            self.echo.observe(held, drawn)
        self.echo.confirm_drawn(drawn)
        if held is not NOTHING and held != self.sent:
            self.sent = held
            found = self.echo.is_edit(held)
            assert found or not is_edit
            if found:
                self.value = held
            self.echo.set_held(held)
        else:
            assert not is_edit or held == self.value
        self.answer()

    def settle(self) -> None:
        """Let everything arrive."""
        while self.messages or self.runs:
            self.arrives()
            self.draw()
            self.load()


def play(link: Link, act: str) -> None:
    """Do one thing."""
    if act in {"load", "draw", "half", "lose", "button", "arrives", "round"}:
        getattr(link, act)()
    elif act == "draw all":
        while link.runs:
            link.draw()
    elif act == "person":
        link.person(link.new_value())
    elif act == "back" and link.past:
        link.person(link.past[-1])
    elif act == "others":
        link.value = link.new_value()


@settings(max_examples=500)
@example(
    acts=["draw", "load", "others", "round", "round", "draw", "person", "arrives", "draw", "half", "back"], form=int
)
@given(acts=st.lists(st.sampled_from(ACTS), max_size=30), form=st.sampled_from([int, str]))
def test_what_was_told_is_no_edit_and_what_a_person_sets_is_one_however_late_all_arrives(
    acts: list[str], form: type[int | str]
) -> None:
    link = Link(form)
    link.answer()
    for act in acts:
        before, arrives = link.value, act in {"arrives", "round"}
        edited = link.messages[0][0] if arrives and link.messages else None
        play(link, act)
        assert link.value == before or act == "others" or (arrives and link.value == edited)
    link.button()
    link.settle()
    assert link.held == link.value


@settings(max_examples=500)
@example(acts=["draw", "load", "others", "round", "others", "round", "half", "round"], form=int)
@given(
    acts=st.lists(st.sampled_from([act for act in ACTS if act not in {"person", "back"}]), max_size=30),
    form=st.sampled_from([int, str]),
)
def test_where_no_person_acts_nothing_but_others_change_the_field(acts: list[str], form: type[int | str]) -> None:
    link = Link(form)
    link.answer()
    for act in acts:
        before = link.value
        play(link, act)
        assert link.value == before or act == "others"
