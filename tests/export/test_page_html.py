"""The page for a browser as a parser reads it: whole, escaped, and closed to the outside."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.papers import NASTY, SITUATIONS, any_situation, situation
from tests.portions import names
from tests.words import told
from zt_planner.language import LanguageCode
from zt_planner.media.web.html import as_data, html_bytes
from zt_planner.media.web.picture import PLAIN_SCRIPT, data_of
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.picture.whole import picture_of
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.stamp import stamp_of

VOID = {"meta", "link", "br", "rect", "ellipse", "img", "hr", "input"}
LOADING = {"src", "href", "srcset", "action", "data", "poster", "xlink:href"}


class Reader(HTMLParser):
    """Collects the elements, their attributes and the text, and sees whether all that is opened is closed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, which must be this one."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember text, and that of scripts apart."""
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif self.open and self.open[-1] != "style":
            self.text += data


def read(content: bytes) -> Reader:
    reader = Reader()
    reader.feed(content.decode())
    reader.close()
    return reader


def attributes(reader: Reader, tag: str) -> list[dict[str, str | None]]:
    return [found for name, found in reader.tags if name == tag]


@pytest.mark.extended
@pytest.mark.parametrize("name", names(SITUATIONS, "default", "names that are markup"))
def test_whatever_the_plan_everything_that_is_opened_is_closed(name: str) -> None:
    reader = read(html_bytes(any_situation(name)))
    assert reader.open == []
    names = [found["id"] for _, found in reader.tags if "id" in found]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.extended
def test_the_page_says_what_every_other_medium_says(code: LanguageCode) -> None:
    given = situation("350 people", code)
    reader = read(html_bytes(given))
    assert attributes(reader, "html") == [{"lang": str(code), "data-separators": given.language.separators}]
    assert given.language.write(headline_sentence(given)) in reader.text
    assert all(line in reader.text for line in told(stamp_of(given), given.language))
    assert all(figure.value in reader.text for figure in told(key_figures(given, None), given.language))
    assert "Müller & Söhne GmbH" in reader.text


@pytest.mark.extended
def test_what_a_person_wrote_is_text_and_nothing_else() -> None:
    content = html_bytes(situation("names that are markup"))
    reader = read(content)
    assert NASTY[:80] in reader.text
    assert "W" * 80 in reader.text
    assert b"<script>alert" not in content
    assert len(reader.scripts) == 3 + len(data_scripts(reader))


def data_scripts(reader: Reader) -> list[str]:
    pairs = zip(attributes(reader, "script"), reader.scripts, strict=True)
    return [text for found, text in pairs if found.get("type") == "application/json"]


@pytest.mark.extended
def test_the_page_loads_nothing_and_runs_only_its_own_scripts() -> None:
    reader = read(html_bytes(situation("default")))
    loaded = [value for _, found in reader.tags for name, value in found.items() if name in LOADING]
    assert loaded
    assert all(value is not None and value.startswith("#") for value in loaded)
    (policy,) = [found["content"] for found in attributes(reader, "meta") if "http-equiv" in found]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    pairs = zip(attributes(reader, "script"), reader.scripts, strict=True)
    run = [text for found, text in pairs if "type" not in found]
    assert {b64encode(sha256(text.encode()).digest()).decode() for text in run} == allowed
    assert not [name for _, found in reader.tags for name in found if name.startswith("on")]


@pytest.mark.extended
def test_every_chart_has_its_figure_and_its_words() -> None:
    reader = read(html_bytes(situation("default")))
    charts = [found for found in attributes(reader, "div") if "data-chart" in found]
    places = [found for found in attributes(reader, "div") if "data-picture" in found]
    found = [json.loads(text) for text in data_scripts(reader)]
    pictures, figures = [each for each in found if "rows" in each], [each for each in found if "layout" in each]
    assert (len(charts), len(places)) == (len(figures), len(pictures)) == (4, 2)
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert all(picture["alt"] for picture in pictures)
    ids = {script["id"] for script in attributes(reader, "script") if "id" in script}
    assert {*(chart["data-chart"] for chart in charts), *(place["data-picture"] for place in places)} == ids


def test_a_picture_is_sent_with_places_that_no_eye_tells_apart_and_its_whole_amounts() -> None:
    given = situation("default")
    picture = picture_of(given.plan)
    sent = data_of(picture, given.language)
    assert sent["marks"][0]["at"] == round(picture.marks[0].at, 5)
    assert picture.money is not None
    assert sent["money"][0]["stacks"][0]["slices"][0]["amount"] == picture.money.stacks[0].slices[0].amount
    assert PLAIN_SCRIPT.count("export ") == 0


def test_data_end_no_script_and_survive() -> None:
    value = {"a": "</script><!-- <script> & \u2028 👩"}
    written = str(as_data(value))
    assert not set("<>&") & set(written)
    assert json.loads(written) == value


@pytest.mark.extended
def test_equal_plans_give_equal_pages() -> None:
    assert html_bytes(situation("default")) == html_bytes(situation("default"))
    assert html_bytes(situation("default")) != html_bytes(situation("350 people"))
