"""What every file says of the plan that it is: whose, which variant, and what it can be reproduced with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.approval import Says
from tests.papers import handout, situation
from tests.words import told
from zt_planner.domain.scenario.approved import Approved
from zt_planner.media.board import board_paper_of
from zt_planner.media.typst.picture import paper_picture_of
from zt_planner.media.web.page import web_page_of
from zt_planner.topics.stamp import document_title, stamp_of, version_stamp

VARIANT = "B MDR instead of SIEM"


@pytest.mark.extended
def test_every_document_says_which_variant_it_is_of() -> None:
    plan = handout()
    variant = replace(plan, variant=VARIANT)
    for document_of in (board_paper_of, web_page_of, paper_picture_of):
        alone, found = told(document_of(plan)), told(document_of(variant))
        assert (found.kicker, found.stamp[0]) == (f"{alone.kicker}, variant {VARIANT}", alone.stamp[0])
        assert found.stamp[1] == f"Variant {VARIANT}. {alone.stamp[1]}"
    assert stamp_of(variant) == board_paper_of(variant).stamp


def test_the_title_names_company_and_variant(says: Says) -> None:
    given = situation("350 people")
    says(told(document_title(given)))
    assert told(document_title(replace(given, variant=VARIANT))) == f"{told(document_title(given))}, variant {VARIANT}"


def test_title_and_stamp_of_an_approved_plan_say_when_it_was_approved() -> None:
    given = situation("350 people")
    day = date(2027, 4, 3)
    approved = replace(given, approval=Approved(on=day, today=day, plan="", finish=day))
    said = given.language.day(day)
    assert told(document_title(approved)) == f"{told(document_title(given))}, as approved on {said}"
    assert told(version_stamp(approved)) == f"As approved on {said}. {told(version_stamp(given))}"
    assert (given.letter, replace(given, variant=VARIANT).letter) == ("A", "B")
