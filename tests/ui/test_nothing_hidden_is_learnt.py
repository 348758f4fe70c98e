"""Whatever the hidden figures are, a viewer is sent the same: they can be learnt from no page, dialog or file."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from tests.builders import row_values
from tests.figures import every_name
from tests.portions import names
from tests.ui.meeting import Meeting, begun, everything
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.session import Rules
from zt_planner.language import Language, LanguageCode
from zt_planner.media.console import answer_lines
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import plan_files
from zt_planner.topics.record.minutes_words import MinutesWords
from zt_planner.topics.view import View
from zt_planner.ui.addresses import PAGES
from zt_planner.ui.pages import record

SHOWN = {
    "display.vat_country": "DE",
    "display.currency": Currency.CHF,
    "prices.rise": Decimal("0.1"),
    "prices.overrides.m365-business-premium": Decimal(19),
    "company.sites": 3,
    "finance.contingency": Decimal("0.1"),  # the share alone is no secret
    "status.at": "2027-03-15",
    "status.closed": ["2027-01", "2027-02"],
    "status.bookings.2027-01/licence/": "312.50",
}
COUNTED = re.compile(r'"run": \d+|[0-9a-f]{16}/\d+|file_id: "\w+"|/media/\w+')
"""The runs of the page, and the names of files that are made when somebody asks for them."""


def secrets_of(rate: int, share: str, limit: int, notes: str) -> dict[str, Any]:
    """Return values of everything that is hidden."""
    book = bootstrap.price_book()
    rows = {
        f"prices.rows.{price_id}": [
            {**row_values(row), "amount": str(rate + index), "source": f"offer {rate}"}
            for index, row in enumerate(book.rows_by_id[price_id])
        ]
        for price_id in sorted(DAY_RATES)
    }
    return {
        **rows,
        "labour.external_day_rate": Decimal(rate),
        "labour.internal_day_cost": Decimal(rate) / 2,
        "finance.monthly_cap": Decimal(limit),
        "finance.contingency": Decimal(share),
        "uncertainty.price_ranges.external-day": [Decimal("0.5"), Decimal(rate) / 400],
        "status.bookings.2027-02/consultant/": str(rate),
        "status.bookings.2027-02/consultant/mfa_rollout": str(rate * 2),
        "notes": notes,
    }


ONE, OTHER = secrets_of(1333, "0.1", 4000, "offer of 1333"), secrets_of(971, "0.1", 90_000, "what is paid: 971")


@pytest.fixture
def watched(meeting: Meeting) -> Meeting:
    """Return a meeting in which rates and notes are hidden, with everything on show that rests on amounts."""
    decide(meeting, SHOWN)
    meeting.set_rules(Rules(hides_rates=True, hides_notes=True))
    return meeting


def decide(meeting: Meeting, values: dict[str, Any]) -> None:
    """Have the owner change the plan."""
    workspace = bootstrap.workspace()
    workspace.change(workspace.open(meeting.owner.state.key), values)


def sent(viewer: Screen, page: str) -> str:
    """Return all that a page sends, everything on it unfolded."""
    for menu in ("menu:file", "menu:download"):
        viewer.app.session_state[menu] = True
    viewer.open_all(page).run()
    return COUNTED.sub("", everything(viewer))


@pytest.mark.extended
@pytest.mark.parametrize("page", names(PAGES, "budget", "prices", "share", "record"))
def test_no_page_depends_on_what_is_hidden_nor_on_whether_it_was_changed(watched: Meeting, page: str) -> None:
    before = sent(watched.viewer, page)
    for secrets in (ONE, OTHER):
        decide(watched, secrets)
        assert sent(watched.viewer, page) == before


def talked(meeting: Meeting, *secrets: dict[str, Any]) -> Meeting:
    """Have a meeting decide in which rates and notes are hidden; between any two decisions secrets are changed."""
    workspace, key = bootstrap.workspace(), meeting.owner.state.key
    decide(meeting, SHOWN)
    meeting.set_rules(Rules(hides_rates=True, hides_notes=True))

    def name() -> None:
        workspace.people.name_snapshot(workspace.open(key), "As agreed")

    steps: tuple[Callable[[], object], ...] = (
        partial(decide, meeting, {"company.employees": 150}),
        partial(decide, meeting, {"company.employees": 160}),
        name,
        partial(decide, meeting, {"company.sites": 4}),
        lambda: workspace.set_baseline(workspace.open(key)),
        lambda: workspace.set_baseline(workspace.open(key)),
    )
    for index, step in enumerate(steps):
        step()
        if secrets:
            decide(meeting, secrets[index % len(secrets)])
    if secrets:
        workspace.undo(workspace.open(key))
    return meeting


@pytest.mark.extended
@pytest.mark.parametrize("page", ["plan", "share", "record"])
def test_a_session_in_which_rates_were_changed_looks_as_one_in_which_they_were_not(page: str) -> None:
    pages = []
    for secrets in ((), (ONE, OTHER)):
        meeting = talked(begun(Screen()), *secrets)
        text = sent(meeting.viewer, page).replace(meeting.viewer.state.origin, "the page")
        for number, person in enumerate(bootstrap.workspace().people.everyone(meeting.owner.state)):
            text = text.replace(person.id, str(number))
        pages.append(re.sub(r"\d\d?:\d\d|\$\$ID-[0-9a-f]{32}-(?=leave:)", "", text))  # a hash of who leaves
    assert pages[0] == pages[1]


@pytest.mark.extended
def test_an_owners_page_does_depend_on_it(watched: Meeting) -> None:
    decide(watched, ONE)
    one = sent(watched.owner, "budget")
    decide(watched, OTHER)
    assert sent(watched.owner, "budget") != one


@pytest.mark.extended
def test_no_explanation_and_no_file_depends_on_what_is_hidden(watched: Meeting) -> None:
    def learnt() -> dict[str, object]:
        viewer = watched.viewer.run()
        plan = viewer.plan
        asked = View(plan, viewer.language)
        answers = {name: list(answer_lines(name, asked)) for name in every_name(asked)}
        files = [plan_files(plan, viewer.language, dialect) for dialect in Dialect]
        return {"answers": answers, "files": files}

    before = learnt()
    for secrets in (ONE, OTHER):
        decide(watched, secrets)
        assert learnt() == before
    assert len(before["answers"]) > 100  # type: ignore[arg-type]


def minutes_of(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the minutes that the page Record offers as files, in every language."""
    found: list[MinutesWords] = []
    with monkeypatch.context() as patch:
        patch.setattr(record, "show_minutes_files", found.append)
        screen.go("record")
    in_every_language = [found[-1].in_language(Language(code)) for code in LanguageCode]
    return [record.minutes_file(words, bootstrap.workspace(), screen.state).decode() for words in in_every_language]


@pytest.mark.extended
def test_no_word_of_the_minutes_as_a_file_depends_on_what_is_hidden(
    watched: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = minutes_of(watched.viewer, monkeypatch)
    decide(watched, ONE)
    one, whole = (minutes_of(screen, monkeypatch) for screen in (watched.viewer, watched.owner))
    assert one == before
    decide(watched, OTHER)
    assert minutes_of(watched.viewer, monkeypatch) == one
    languages = [Language(code) for code in LanguageCode]
    assert all(language.say("Sites") in text for language, text in zip(languages, one, strict=True))
    written = [language.number(1333) for language in languages]
    assert not [word for word in ("1333", "offer", *written) for text in one if word in text]
    assert all(number in text for number, text in zip(written, whole, strict=True))


@pytest.mark.extended
def test_the_sessions_file_does_not_depend_on_what_is_hidden_nor_on_whether_it_was_changed(watched: Meeting) -> None:
    file_of = partial(bootstrap.workspace().file_of, watched.viewer.run().state)
    before = file_of()
    for secrets in (ONE, OTHER):
        decide(watched, secrets)
        assert file_of() == before
