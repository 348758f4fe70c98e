"""What a file that came back would do, in words."""

from __future__ import annotations

from tests.approval import Says
from tests.builders import scenario
from tests.figures import default_figures
from tests.papers import handout, stopped_situation
from tests.words import ENGLISH, GERMAN, told
from zt_planner.domain.incoming import FileKind, ImportNotice, Incoming
from zt_planner.errors import Place
from zt_planner.topics.record.incoming import import_effect_text, kind_text, notice_lines


def test_the_effect_is_told_in_every_case(says: Says) -> None:
    plan, larger, stopped = handout().plan, handout(scenario(company__employees=200)).plan, stopped_situation().plan
    says(ENGLISH.write(import_effect_text(plan, plan)))
    assert ENGLISH.write(import_effect_text(plan, larger)).startswith(
        f"As planned: budget from {ENGLISH.money(default_figures().introduction_budget, 0)} to EUR"
    )
    says(ENGLISH.write(import_effect_text(stopped, plan)))
    says(GERMAN.write(import_effect_text(plan, stopped)))


def test_what_is_left_out_says_where_it_stands(says: Says) -> None:
    problem, remedy = "'{value}' cannot be read", "Write it as the other rows have it"
    left = (
        ImportNotice(Place("Roadmap", 7, "start"), problem, remedy, {"value": "soon"}),
        ImportNotice("plan.xml", problem, remedy),
    )
    says(told(notice_lines(left[:1]), GERMAN))
    says(told(notice_lines((ImportNotice("plan.xml", "it is a picture", "Keep one row"),))))


def test_every_kind_of_file_has_a_name() -> None:
    assert len({ENGLISH.write(kind_text(Incoming(source))) for source in FileKind}) == len(FileKind)
