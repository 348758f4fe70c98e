"""What is handed out says what a person has approved, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests import builders
from tests.approval import Approval, lines_of
from tests.builders import plan_for
from tests.records import ANNA, BERND, event, outcome, person
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import FieldChange, Snapshot
from zt_planner.engine.case import case_of
from zt_planner.files.calendar import calendar_bytes
from zt_planner.language import Language, LanguageCode
from zt_planner.media.board import board_paper_of
from zt_planner.media.console import answer_lines
from zt_planner.media.minutes_markdown import MinutesPaper, minutes_markdown
from zt_planner.media.web.page import web_page_of
from zt_planner.media.xlsx import workbook_bytes
from zt_planner.topics.explanations.registry import headline_names
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.view import View

every_language = pytest.mark.parametrize("code", LanguageCode)


class Papers:
    """Plans of a company of 120 people, each computed and drawn once for all languages."""

    def __init__(self, book: PriceBook, model: PhaseModel, today: date) -> None:
        """Plan with known prices and tasks."""
        self.book, self.model, self.today = book, model, today
        self.views: dict[str, View] = {}

    def view(self, code: LanguageCode, **fields: object) -> View:
        """Return a plan as it is read in a language."""
        if (key := repr(fields)) not in self.views:
            scenario = builders.scenario(company__name="Example GmbH", **fields)
            plan = plan_for(case_of(scenario, self.book, self.model, today=self.today))
            self.views[key] = View(plan, Language(code))
        first = self.views[key]
        return replace(first, language=Language(code), draws=lambda: first.simulation)

    def lines(self, paper_of: Callable[[View], object], code: LanguageCode) -> Iterator[str]:
        """Yield what a paper says in a language."""
        view = self.view(code)
        return lines_of(view.language.written(paper_of(view)))


@pytest.fixture(scope="module")
def papers(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Papers:
    """Return where plans are made."""
    return Papers(price_book, phase_model, today)


@every_language
def test_the_board_paper(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    approval.check("board_paper", code, papers.lines(board_paper_of, code))


@every_language
def test_the_web_page(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    approval.check("web_page", code, papers.lines(web_page_of, code))


@every_language
def test_why_each_figure_is_what_it_is(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    view = papers.view(code)
    approval.check("explanations", code, explained(view, headline_names(view)))


def explained(view: View, names: Iterable[str]) -> Iterator[str]:
    """Yield the explanation of each figure, of a long one the first rows and the end."""
    for name in names:
        lines = list(answer_lines(name, view))
        yield from ("", f"# {name}", *lines[:12])
        if len(lines) > 12:
            yield from ("...", *lines[max(12, len(lines) - 6) :])


@every_language
def test_the_words_of_the_workbook(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    approval.check("workbook", code, words_of(workbook_bytes(papers.view(code))))


def words_of(workbook: bytes) -> Iterator[str]:
    """Yield the words of each sheet, each once."""
    seen: set[str] = set()
    for sheet in load_workbook(BytesIO(workbook)):
        yield f"\n# {sheet.title}"
        for row in sheet.values:
            words = [cell for cell in row if isinstance(cell, str) and not cell.startswith("=") and cell not in seen]
            seen.update(words)
            if words:
                yield " | ".join(words)


@every_language
def test_the_calendar(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    approval.check("calendar", code, events_of(calendar_bytes(papers.view(code))))


def events_of(calendar: bytes) -> Iterator[str]:
    """Yield each event: its days, what it is called, and what is said about it."""
    for found in Calendar.from_ical(calendar).walk("VEVENT"):
        yield f"\n{found.decoded('dtstart')} to {found.decoded('dtend')}: {found['summary']}"
        yield from str(found.get("description", "")).splitlines()


@every_language
def test_the_minutes(code: LanguageCode, papers: Papers, approval: Approval) -> None:
    view = papers.view(code)
    rate = FieldChange("labour.external_day_rate", "1150.00", "1234.00")
    fewer = FieldChange("choices.monitoring", "mdr", "siem")
    events = [
        event(1, outcome(90_000), outcome(98_764)),
        event(2, outcome(98_764), outcome(99_998, days=14), [rate, fewer], participant=BERND),
    ]
    people = (person(ANNA, "Anna"), person(BERND, "Bernd"))
    minutes = minutes_of(seen_events(events, Visibility()), events[-1].after, Visibility())
    snapshots = (Snapshot("Board, 4 March", 2, BERND, events[-1].at),)
    paper = MinutesPaper(minutes, snapshots, MinutesWords(view, UTC, people))
    approval.check("minutes", code, minutes_markdown(paper).decode().splitlines())
