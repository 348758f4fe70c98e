"""No page says anything in English where it speaks another language, with everything unfolded."""

from __future__ import annotations

import json

import pytest

from tests.english import english_in, texts_of, wrong_in
from tests.handouts import SCENARIOS
from tests.portions import names
from tests.scan_files import every_file, zip_file
from tests.ui.meeting import FOLDS
from tests.ui.scanned import dropped
from tests.ui.screen import Screen
from tools.update_messages import LANGUAGES
from zt_planner.language import LanguageCode
from zt_planner.ui.addresses import ALL_PAGES
from zt_planner.workspace.runners.job_runner import Jobs

UNFOLDED = [f"fold:{fold}" for fold in FOLDS]


@pytest.mark.parametrize("code", names(LANGUAGES, "fr"))
@pytest.mark.parametrize("given", names(SCENARIOS, "default"))
@pytest.mark.extended
def test_no_page_is_english_in_another_language(code: str, given: str) -> None:
    screen = Screen(LanguageCode(code), language=code)
    screen.load(json.dumps(SCENARIOS[given]).encode())
    wrong = english_in if given == "awkward" else wrong_in  # where its user types marks
    found = {path: wrong(texts_of(screen.go(path, *UNFOLDED)), screen.language) for path in ALL_PAGES}
    assert not {path: texts for path, texts in found.items() if texts}


@pytest.mark.parametrize("code", names(LANGUAGES))
def test_nothing_that_scans_say_is_english_in_another_language(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    screen = Screen(LanguageCode(code), language=code)
    dropped(screen, ("all.zip", zip_file(dict(every_file()))))
    assert screen.app.checkbox
    assert not wrong_in(texts_of(screen), screen.language)


@pytest.mark.parametrize("code", names(LANGUAGES))
def test_no_explanation_is_english_in_another_language(code: str) -> None:
    screen, found = Screen(LanguageCode(code), language=code), dict[str, list[str]]()
    for path in ("", "budget", "how_sure"):
        for name in dict.fromkeys(screen.go(path).asked if path else screen.run().asked):
            found[name] = wrong_in(texts_of(screen.press(f"why:{name}")), screen.language)
    assert len(found) > 5
    assert not {name: texts for name, texts in found.items() if texts}
