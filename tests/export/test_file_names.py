"""What a file is called that somebody saves: safe on every system, readable, and the same in every medium."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handouts import handout
from tests.names import is_allowed, other_cases
from tests.papers import beside
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.engine.compare.option import Option, options_without
from zt_planner.engine.plan import Plan
from zt_planner.files.formats import KINDS, Format, everything, files_in, formats_of, one_file
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.file_names import CATALOGUE, HOLDS, catalogue_file_name, file_name
from zt_planner.resources import root
from zt_planner.topics.compare import alternatives
from zt_planner.topics.view import View

ENGLISH, GERMAN = map(Language, (LanguageCode.ENGLISH, LanguageCode.GERMAN))
SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+")
PAPER = "zt-plan.pdf"


def of_company(name: str) -> Plan:
    plan = handout().plan
    company = plan.scenario.company.model_copy(update={"name": name})
    return replace(plan, case=replace(plan.case, scenario=plan.scenario.model_copy(update={"company": company})))


@pytest.mark.parametrize(
    ("company", "beginning"),
    [
        ("ACME GmbH", "acme-gmbh"),
        ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
        ("Mu\N{COMBINING DIAERESIS}ller", "mueller"),
        ("GROẞE STRAẞE", "grosse-strasse"),
        ("Ångström / Łódź A/S", "angstroem-lodz-a-s"),
        ("Bäckerei 🥐 Nord", "baeckerei-nord"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "fdp-exe"),
        ("..", "zero-trust-plan"),
        ("", "zero-trust-plan"),
        ("العربية 👩‍👩‍👧", "zero-trust-plan"),
        ("CON", "con"),
        ("nul.txt", "nul-txt"),
        ("../../etc/passwd", "etc-passwd"),
        ("W" * NAME_LENGTH, "w" * 40),
        (" ".join(["word"] * 16), "-".join(["word"] * 8)),
    ],
)
def test_a_file_begins_with_its_company_as_far_as_a_file_can_be_called_that(company: str, beginning: str) -> None:
    assert file_name(PAPER, of_company(company), ENGLISH) == f"{beginning}-2026-11-06-board-paper.pdf"


def test_a_german_page_gives_german_names() -> None:
    assert file_name(PAPER, of_company("ACME GmbH"), GERMAN) == "acme-gmbh-2026-11-06-beschlussvorlage.pdf"
    assert file_name("cost_lines.csv", of_company(""), GERMAN) == "zero-trust-plan-2026-11-06-kostenzeilen.csv"


@given(st.text(max_size=NAME_LENGTH).filter(is_allowed), st.sampled_from(tuple(HOLDS)), st.sampled_from(LanguageCode))
def test_every_name_is_safe_on_every_system(company: str, file: str, code: LanguageCode) -> None:
    assert_safe(file_name(file, of_company(company), Language(code)))


@pytest.mark.parametrize("company", ["../../etc/passwd", *other_cases()])
def test_names_that_others_have_collected_are_safe(company: str) -> None:
    assert_safe(file_name(PAPER, of_company(company), GERMAN))


def assert_safe(name: str) -> None:
    """Assert that every system takes a name: Windows refuses con, nul and the like before the first dot only."""
    assert SAFE.fullmatch(name)
    assert len(name) <= 100
    assert re.fullmatch(r".+-\d{4}-\d\d-\d\d-.+", name.partition(".")[0])


def test_in_one_language_no_two_files_have_one_name() -> None:
    for language in (ENGLISH, GERMAN):
        assert len({file_name(file, handout().plan, language) for file in HOLDS}) == len(HOLDS)


@pytest.mark.parametrize(
    ("handed", "letter"),
    [
        pytest.param(handout(), "A", id="alone"),
        pytest.param(beside({"choices__monitoring": "mdr"}), "A", id="compared", marks=pytest.mark.extended),
        pytest.param(
            replace(beside({}, letters="BA", choices__monitoring="mdr"), variant="B MDR instead of SIEM"),
            "B",
            id="variant",
            marks=pytest.mark.extended,
        ),
    ],
)
def test_in_an_archive_files_are_called_as_alone(handed: View, letter: str) -> None:
    files = [file for form in formats_of(handed.plan) for file in files_in(form, handed, Dialect.RFC4180)]
    written = {file: file_name(file, handed.plan, handed.language, letter) for file in files}
    assert names_in(everything(handed, Dialect.RFC4180)) == set(written.values())
    tables = {written[file] for file in files_in(Format.CSV, handed, Dialect.RFC4180)}
    assert names_in(one_file(Format.CSV, handed, Dialect.RFC4180)) == tables


@pytest.mark.extended
def test_files_in_an_archive_are_of_the_day_of_the_plan_and_equal_plans_give_equal_bytes() -> None:
    handed = handout()
    for pack in (everything, partial(one_file, Format.CSV), partial(one_file, Format.BUNDLE)):
        content = pack(handed, Dialect.RFC4180)
        assert content == pack(handed, Dialect.RFC4180)
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            assert {entry.date_time for entry in opened.infolist()} == {(2026, 11, 6, 0, 0, 0)}


def test_in_an_archive_the_alternatives_are_planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[Plan] = []

    def counted(plan: Plan) -> Iterator[Option]:
        planned.append(plan)
        return iter(options_without(plan))

    monkeypatch.setattr(alternatives, "options_without", counted)
    everything(handout(), Dialect.RFC4180)
    assert len(planned) == 1


def names_in(archive: bytes) -> set[str]:
    """Return the names of an archive's files."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return set(opened.namelist())


def test_the_page_of_exports_says_what_each_file_is_called() -> None:
    page = (root() / "docs" / "exports.md").read_text("utf-8")
    found = re.findall(r"(?m)^\| `([a-z_.-]+)` \| `…-([a-z-]+)` \| `…-([a-z-]+)` \|$", page)
    plan = of_company("")
    named = [(file, *(stem(file_name(file, plan, language)) for language in (ENGLISH, GERMAN))) for file in HOLDS]
    assert found == named
    assert {kind.file for kind in KINDS.values()} <= HOLDS.keys()


def test_a_catalogue_goes_to_other_clients_and_is_called_without_this_one() -> None:
    assert file_name(CATALOGUE, of_company("ACME GmbH"), ENGLISH) == "zero-trust-plan-2026-11-06-catalogue.zttemplate"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Müller & Söhne", "mueller-soehne"),
        ("../../etc/passwd", "etc-passwd"),
        ("العربية", "katalog"),
        ("W" * NAME_LENGTH, "w" * 40),
    ],
)
def test_a_kept_catalogue_is_called_as_it_is(name: str, file: str) -> None:
    assert catalogue_file_name(name, GERMAN) == f"{file}.zttemplate"


def stem(name: str) -> str:
    """Return what a name says of its file."""
    return name.removeprefix("zero-trust-plan-2026-11-06-").partition(".")[0]


def test_the_file_of_a_variant_has_its_letter() -> None:
    plan = of_company("ACME GmbH")
    assert file_name(PAPER, plan, ENGLISH, "B") == file_name(PAPER, plan, ENGLISH).replace("acme-gmbh-", "acme-gmbh-b-")
