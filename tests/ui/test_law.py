"""The law and the insurer on the page NIS2: a country of one's own choice, the first test, tasks that are added."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.ui.colleagues import UNDO
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from tests.words import plain
from zt_planner.domain.plan import CoverageState


def dues(screen: Screen) -> dict[str, str]:
    """Return when what is due."""
    table = screen.table("What is due when")
    return dict(zip(table.iloc[:, 0], table.iloc[:, 1], strict=True))


def test_the_page_follows_the_region_and_can_show_another_country(screen: Screen) -> None:
    screen.go("nis2", "fold:dues")
    assert "2026" in dues(screen)["Registration"]
    assert any("Germany: BSI Act" in text for text in texts(screen))
    screen.move("country", "AT")
    assert "1 January 2027" in plain(dues(screen)["Registration"])
    assert screen.app.query_params["country"] == "AT"
    assert screen.scenario.timeline.region == "DE-NW"


def test_the_address_names_the_country_and_one_that_nothing_is_known_of_is_the_plans() -> None:
    assert any("France: " in text for text in texts(Screen(country="FR").go("nis2")))
    assert any("Germany: " in text for text in texts(Screen(country="XX").go("nis2")))


def test_the_points_come_first_then_the_law(screen: Screen, says: Says) -> None:
    screen.go("nis2")
    first, law, insurer = (each.value for each in screen.app.header)
    assert (law, insurer) == ("The law", "What the insurer asks")
    says([first])


def test_the_points_are_named_as_the_country_names_their_measures(screen: Screen) -> None:
    screen.app.query_params["table"] = "points"
    screen.go("nis2")
    assert "\N{SECTION SIGN} 30(2) No. 1" in set(screen.table("Each of the points")["National law"])
    assert len(screen.table("Each of the points")) == len(screen.plan.coverage)
    screen.move("country", "AT")
    assert "National law" not in screen.table("Each of the points").columns


def test_points_over_time_and_by_letter_are_tables(screen: Screen) -> None:
    screen.app.query_params["table"] = "points_over_time"
    screen.go("nis2")
    last = screen.table("The points over time as a table").iloc[-1]
    states = [covered.state for covered in screen.plan.coverage]
    assert list(last[1:]) == [str(states.count(state)) for state in (CoverageState.SUPPORTED, CoverageState.PARTLY)]
    screen.app.query_params["table"] = "points_by_letter"
    letters = screen.run().table("The points by letter of Art. 21(2)")
    assert sum(map(int, letters["Supported"])) == states.count(CoverageState.SUPPORTED)


@pytest.mark.extended
def test_a_part_of_a_sector_and_full_time_equivalents_decide_whether_the_law_applies(screen: Screen) -> None:
    screen.go("nis2")
    assert not screen.has("company.subsector")
    screen.move("company.sector", "Health")
    assert any("Probably an important entity" in text for text in texts(screen))
    screen.move("company.subsector", "Long-term care")
    assert screen.scenario.company.subsector == "long_term_care"
    assert any("Probably not, because" in text for text in texts(screen))
    screen.move("company.subsector", "None of these").unfold("fold:applies")
    screen.move("copy:company.full_time_equivalents", "49.5")
    assert str(screen.scenario.company.full_time_equivalents) == "49.5"
    assert any("Probably not directly" in text for text in texts(screen))


@pytest.mark.extended
def test_sector_and_money_decide_whether_the_law_probably_applies(screen: Screen) -> None:
    screen.go("nis2")
    assert any("Name the sector" in text for text in texts(screen))
    screen.move("company.sector", "Food production and wholesale")
    assert any("Probably an important entity" in text for text in texts(screen))
    screen.unfold("fold:applies").move("company.turnover_millions", "12.5")
    assert screen.scenario.company.turnover_millions is not None
    screen.move("company.sector", "Not given")
    assert screen.scenario.company.sector is None


@pytest.mark.extended
def test_a_proposed_task_is_added_by_a_press_turns_its_question_and_can_be_undone(screen: Screen) -> None:
    screen.go("nis2", "fold:questions")
    answers = screen.table("Questions of the insurer")
    (before,) = answers[answers["Question"].str.contains("backups")]["Answer at the end"]
    screen.press("propose:backup-survives")
    answers = screen.table("Questions of the insurer")
    (after,) = answers[answers["Question"].str.contains("backups")]["Answer at the end"]
    assert (before, after) == ("in part", "yes")
    assert set(screen.scenario.tasks.own) == {"backup-survives"}
    assert not screen.has("propose:backup-survives")
    screen.press(UNDO)
    assert not screen.scenario.tasks.own


@pytest.mark.extended
def test_the_directors_training_is_a_task_with_a_date(screen: Screen, says: Says) -> None:
    screen.go("nis2", "fold:dues")
    says(list(screen.table("Duties of the directors")["When"])[-1])
    screen.press("propose:directors-training")
    assert "2027" in list(screen.table("Duties of the directors")["When"])[-1]


def test_a_viewer_reads_everything_and_adds_nothing(meeting: Meeting) -> None:
    viewer = meeting.viewer.go("nis2", "fold:dues")
    assert viewer.widget("propose:patch-internet").disabled
    assert "Registration" in dues(viewer)
