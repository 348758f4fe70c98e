"""The minutes as Markdown: complete, in both languages, and nothing that people type is read as markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.builders import plan_for
from tests.records import ANNA, BEGIN, BERND, event, outcome, person
from tests.words import plain
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, FieldChange, Snapshot
from zt_planner.engine.case import case_of
from zt_planner.engine.under_way.approved import approved
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Language, LanguageCode
from zt_planner.media.minutes_markdown import MinutesPaper, minutes_markdown
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.view import View, no_draws

HOSTILE = (
    "**bold** _thin_ `code` ~~gone~~",
    "# heading",
    "1. list",
    "- list",
    "--- | --- |",
    "a | b || c",
    "| --- |",
    "\\| \\",
    "[link](https://example.org) ![picture](x.png)",
    "<https://a.org> https://a.org www.a.org a@a.org",
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "<b>&amp;</b> &lt; &#65;",
    "{{ 7 * 7 }} {name} %s %%gone%%",
    ":smile: $x^2$ ==mark== @someone #12",
    '"quoted" and \\ back',
    "two  spaces",
    "محمد & שמ",
    "👩\u200d👩\u200d👧 GmbH",
    "e\N{COMBINING ACUTE ACCENT}",
    "=1+1",
)
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = {"html_inline", "html_block", "link_open", "image", "code_inline", "em_open", "s_open", "fence", "code_block"}


class Desk:
    """Writes minutes with the shipped prices and tasks."""

    def __init__(self, book: PriceBook, model: PhaseModel, today: date) -> None:
        """Keep what plans are made with."""
        self.book, self.model, self.today = book, model, today

    def paper(
        self,
        events: Sequence[Event] = (),
        *,
        company: str = "",
        names: tuple[str, str] = ("Anna", "Bernd"),
        snapshots: tuple[Snapshot, ...] = (),
        code: LanguageCode = LanguageCode.ENGLISH,
        visibility: Visibility | None = None,
        settings: Mapping[str, Any] = MappingProxyType({}),
    ) -> str:
        """Return the text of minutes."""
        people = tuple(person(who, name) for who, name in zip((ANNA, BERND), names, strict=True))
        values = {"labour.external_day_rate": Decimal("1234.00"), **settings}
        scenario = with_values(Scenario(), {"company.name": company, **values})
        sees = visibility or Visibility()
        case = case_of(scenario, self.book, self.model, today=self.today, shows_labour=sees.labour)
        view = View(plan_for(case), Language(code), no_draws)
        made = minutes_of(seen_events(events, sees), events[-1].after if events else outcome(1000), sees)
        return minutes_markdown(MinutesPaper(made, snapshots, MinutesWords(view, UTC, people))).decode()


@pytest.fixture
def desk(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Desk:
    """Return where minutes are written."""
    return Desk(price_book, phase_model, today)


def tokens(text: str) -> list[Token]:
    """Return every token of a text as a Markdown reader sees it."""
    found = []
    for token in PARSER.parse(text):
        found += [token, *(token.children or ())]
    return found


def read(text: str) -> list[str]:
    """Return each paragraph, title and cell as a reader sees it."""
    inlines = [token for token in PARSER.parse(text) if token.type == "inline"]
    return ["".join(part.content for part in token.children or ()) for token in inlines]


def plainly(text: str) -> str:
    """Return a text with plain spaces and without marks of direction."""
    return plain(text).translate({0x2068: None, 0x2069: None})


def test_once_the_plan_is_under_way_its_figures_are_a_forecast(desk: Desk) -> None:
    events = [event(1, outcome(1000), outcome(1100))]
    parts = [plainly(part) for part in read(desk.paper(events, settings={"status.at": date(2027, 3, 15)}))]
    assert "At the beginning: EUR 1,000 and done by 30 August 2027 (as it stood then)" in parts
    assert "At the end: EUR 1,100 and done by 30 August 2027 (as it stands)" in parts
    assert "Budget as it stands" in parts
    assert not [part for part in parts if "as planned" in part.lower()]


@pytest.mark.extended
@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_type_is_text_to_the_letter(name: str, desk: Desk) -> None:
    def written(name: str) -> str:
        events = [event(1, outcome(1), outcome(2), [FieldChange("company.name", "", name)])]
        return desk.paper(events, company=name, names=(name, "Bernd"), snapshots=(Snapshot(name, 1, BERND, BEGIN),))

    parts = [plainly(part) for part in read(written(name))]
    assert f"Minutes: {name}" in parts
    assert f"Participants: {name}, Bernd" in parts
    assert f"Company name: not set → {name}" in parts
    assert parts.count(name) == 2
    kinds = [token.type for token in tokens(written(name)) if token.type != "text"]
    assert not MARKS & set(kinds)
    assert [kind for kind in kinds if kind != "text_special"] == [
        token.type for token in tokens(written("plain")) if token.type != "text"
    ]


def test_the_minutes_are_complete(desk: Desk) -> None:
    events = [
        event(1, outcome(1000), outcome(1100)),
        event(2, outcome(1150), outcome(900, -2), [FieldChange("finance.contingency", 0.15, 0.1)], participant=BERND),
    ]
    parts = [plainly(part) for part in read(desk.paper(events, company="Müller", snapshots=()))]
    assert "When: 6 Nov 2026, 09:01 to 6 Nov 2026, 09:02 (UTC)" in parts
    assert "At the beginning: EUR 1,000 and done by 30 August 2027 (as planned)" in parts
    assert "At the end: EUR 900 and done by 28 August 2027 (as planned)" in parts
    assert "Change: From EUR 1,000 to EUR 900: −EUR 100." in parts
    assert any(part.startswith("Planning figures, not a quote.") for part in parts)
    assert "Contingency 15% → 10%" in parts
    assert "Other: prices or the date changed" in parts
    assert parts.index("Open points") < len(parts) - 2
    assert parts[-1].startswith("Reproducible with: tasks ")
    assert "Saved states" not in parts


def test_a_decision_is_there_with_all_its_changes(desk: Desk) -> None:
    changes = [FieldChange(f"prices.overrides.p{number}", None, "1.00") for number in range(30)]
    text = desk.paper([event(1, outcome(1), outcome(2), changes)])
    assert all(f"p{number}:" in text for number in range(30))


@pytest.mark.extended
def test_five_thousand_decisions_are_all_there(desk: Desk) -> None:
    events = [event(number, outcome(number), outcome(number + 1)) for number in range(5000)]
    rows = [token for token in PARSER.parse(desk.paper(events)) if token.type == "tr_open"]
    assert len(rows) == 5001


def test_nothing_decided_is_said_so(desk: Desk) -> None:
    assert "Nothing has been decided yet." in read(desk.paper())


def test_a_plan_without_a_schedule_is_said_so(desk: Desk) -> None:
    parts = read(desk.paper([event(1, outcome(1000), outcome(None))]))
    assert "At the end: no schedule" in parts


def test_an_approval_says_who_approved_what_and_whether_the_plan_has_changed_since(desk: Desk) -> None:
    case = case_of(Scenario(), desk.book, desk.model, today=desk.today)
    kept = approved(case, "Dr. Eva König", desk.today)
    assert kept is not None
    promised = {"promised_budget": Decimal(196_000), "promised_finish": date(2027, 10, 21)}
    record = kept.model_copy(update=promised).model_dump(mode="json")
    said = "Approved by Dr. Eva König, 6 November 2026: EUR 196,000, done by 21 October 2027"
    given = [
        event(1, outcome(1000), outcome(1000), [FieldChange(APPROVED, None, record)]),
        event(2, outcome(1000), outcome(1000), [FieldChange(APPROVED, record, None)]),
    ]
    rows = [plainly(part) for part in read(desk.paper(given))]
    assert said in rows
    assert f"{said}." not in rows
    assert "Approved plan: Dr. Eva König, 6 Nov 2026 → no plan" in rows
    german = [plainly(part) for part in read(desk.paper(given, code=LanguageCode.GERMAN))]
    assert "Freigegebener Plan: Dr. Eva König, 06.11.2026 → keiner" in german
    settings = {APPROVED: record, "labour.external_day_rate": case.scenario.labour.external_day_rate}
    assert f"{said}." in [plainly(part) for part in read(desk.paper(settings=settings))]
    changed = {APPROVED: record, "labour.external_day_rate": Decimal(1300)}
    assert f"{said}. The plan has changed since it was approved." in [
        plainly(part) for part in read(desk.paper(settings=changed))
    ]
    hidden = desk.paper(given, visibility=Visibility(labour=False), settings={APPROVED: record})
    assert "196,000" not in hidden
    assert "done by 21 October 2027" in plainly(hidden)


def test_the_minutes_speak_german(desk: Desk) -> None:
    text = desk.paper([event(1, outcome(1000), outcome(1100))], company="Müller", code=LanguageCode.GERMAN)
    parts = [plainly(part) for part in read(text)]
    assert parts[0] == "Protokoll: Müller"
    assert "Personen 120 → 180" in parts
    assert "+100 EUR" in parts
    assert not {"Decisions", "Open points", "Participants"} & set(parts)


def test_without_labour_no_rate_and_no_whole_figure_is_in_the_file(desk: Desk) -> None:
    rate = FieldChange("labour.external_day_rate", "1150.00", "1234.00")
    events = [event(1, outcome(90000), outcome(98764), [rate]), event(2, outcome(98764), outcome(99998))]
    open_text = desk.paper(events)
    assert all(figure in open_text for figure in ("1,234.00", "98,764", "99,998"))
    text = desk.paper(events, visibility=Visibility(labour=False))
    assert not [figure for figure in ("1,234", "1,150", "98,764", "99,998", "90,000") if figure in text]
    assert "Without labour and contingency." in text
    assert "49,999" in text


def test_vat_is_a_paragraph_of_its_own_below_the_note(desk: Desk) -> None:
    parts = [plainly(part) for part in read(desk.paper(settings={"display.vat_country": "DE"}))]
    place = parts.index("Planning figures, not a quote. Net of VAT. Prices as of 6 November 2026.")
    assert parts[place + 1].startswith("With 19% VAT (Germany): EUR ")
    assert not any("VAT (" in plainly(part) for part in read(desk.paper()))
