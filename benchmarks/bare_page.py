"""The page that the dashboard is compared with: bare Streamlit, nothing computed.

It has as many sidebar widgets of each kind as the dashboard (told by
`bench_first_screen.py`, which counts them in the running page), a title that
follows the People slider, and the dashboard's picture, of which each press
changes every stack: by the dashboard's own component, or as a plotly chart with
the same bars, months and marks, as Streamlit pages draw them. What the title
needs is drawn first: no arrangement of this page would be quicker.
"""

from __future__ import annotations

import json
import os
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.media.web.picture import SCRIPT, STYLE, data_of

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

WIDGETS, PICTURE = "BARE_PAGE_WIDGETS", "BARE_PAGE_PICTURE"
show_picture = st.components.v2.component(
    "bare_picture", html='<figure class="picture whole"></figure>', css=STYLE, js=SCRIPT
)


@st.cache_resource(show_spinner=False)
def picture() -> dict[str, Any]:
    """Return the dashboard's picture of the default scenario, built once."""
    from zt_planner.bootstrap import phase_model, price_book, today  # noqa: PLC0415 - paid once, not in a rerun
    from zt_planner.domain.scenario.scenario import Scenario  # noqa: PLC0415
    from zt_planner.engine.case import case_of  # noqa: PLC0415
    from zt_planner.engine.plan import Plan  # noqa: PLC0415
    from zt_planner.engine.planner import build_plan  # noqa: PLC0415
    from zt_planner.language import language_for  # noqa: PLC0415
    from zt_planner.topics.picture.whole import picture_of  # noqa: PLC0415

    plan = build_plan(case_of(Scenario(), price_book(), phase_model(), today=today()))
    if not isinstance(plan, Plan):
        raise SystemExit("the default plan has no schedule")
    return data_of(picture_of(plan), language_for("en"))


def changed(people: int) -> dict[str, Any]:
    """Return the picture as another number of people changes it: every amount of the money, and its labels."""
    drawn = deepcopy(picture())
    factor = 1 + people / 10_000
    for stack in drawn["money"][0]["stacks"]:
        stack["top"] *= factor
        for part in stack["slices"]:
            part["bottom"] *= factor
            part["height"] *= factor
    return drawn


def chart(drawn: dict[str, Any]) -> Figure:
    """Return the picture as a plotly chart: a trace a step of the roadmap, a trace a kind of cost below."""
    from plotly.graph_objects import Bar, Figure  # noqa: PLC0415 - paid once

    figure = Figure(layout={"barmode": "stack", "showlegend": False, "height": 440})
    for row in drawn["rows"]:
        spans = [bar["span"] for bar in row["bars"]]
        left, width = ([span[name] for span in spans] for name in ("left", "width"))
        bars = {"orientation": "h", "x": width, "base": left, "y": [row["name"]] * len(spans)}
        figure.add_trace(Bar(**bars, marker_color=row["colour"], hovertext=[bar["text"] for bar in row["bars"]]))
    money: dict[str, list[tuple[float, float, str]]] = {}
    for stack in drawn["money"][0]["stacks"]:
        middle = stack["span"]["left"] + stack["span"]["width"] / 2
        for part in stack["slices"]:
            money.setdefault(part["category"], []).append((middle, part["height"], part["colour"]))
        figure.add_annotation(x=middle, y=stack["top"], yref="y2", text=stack["total"], showarrow=False, yshift=8)
    for parts in money.values():
        places, heights, colours = zip(*parts, strict=True)
        figure.add_trace(Bar(x=places, y=heights, marker_color=colours, width=0.07, yaxis="y2"))
    for mark in drawn["marks"]:
        figure.add_vline(x=mark["at"], line_dash="dash", annotation_text=mark["text"])
    months = {"tickvals": [month["at"] for month in drawn["months"]], "range": [0, 1], "side": "top"}
    months["ticktext"] = [month["text"] for month in drawn["months"]]
    figure.update_layout(
        xaxis=months, yaxis={"domain": [0.5, 1], "autorange": "reversed"}, yaxis2={"domain": [0, 0.45]}
    )
    return figure


@st.cache_resource(show_spinner=False)
def widgets() -> dict[str, int]:
    """Return how many widgets of each kind to draw."""
    counted: dict[str, int] = json.loads(os.environ[WIDGETS])
    return counted


def people() -> int:
    """Draw the slider that the title follows, beside its number field."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        found = st.slider("People", 50, 500, 120)
        st.text_input("People, as a number", "120", label_visibility="collapsed", width=92)
    return found


def pair(index: int) -> None:
    """Draw another slider with its number field."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.slider(f"Slider {index}", 0, 100, 50)
        st.text_input(f"Number {index}", "50", label_visibility="collapsed", width=92)


def single(kind: str, index: int) -> None:
    """Draw one widget of another kind."""
    draw: dict[str, Any] = {
        "slider": lambda name: st.slider(name, 0, 100, 50),
        "selectbox": lambda name: st.selectbox(name, range(12)),
        "segmented_control": lambda name: st.segmented_control(name, ["one", "two", "three"], default="one"),
        "date_input": lambda name: st.date_input(name, date(2027, 1, 4)),
        "toggle": st.toggle,
        "text_input": st.text_input,
        "button": st.button,
        "expander": lambda name: st.expander(name, on_change="rerun", key=name),
    }
    draw[kind](f"{kind} {index}")


def rest(counted: dict[str, int]) -> None:
    """Draw the widgets that nothing follows."""
    pairs = min(counted["slider"], counted["text_input"])
    for index in range(1, pairs):
        pair(index)
    left = {**counted, "slider": counted["slider"] - pairs, "text_input": counted["text_input"] - pairs}
    for kind, count in left.items():
        for index in range(count):
            single(kind, index)


st.set_page_config(page_title="Bare page", layout="wide")
with st.sidebar:
    value = people()
st.title(f"{value} people", anchor=False)
if os.environ.get(PICTURE) == "chart":
    st.plotly_chart(chart(changed(value)), key="picture")
else:
    show_picture(key="picture", data=changed(value))
with st.sidebar:
    rest(widgets())
