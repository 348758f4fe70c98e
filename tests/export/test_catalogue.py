"""A catalogue: made from a plan, read again, and what is wrong in one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.builders import TODAY, scenario
from tests.papers import handout
from tests.unit.engine.test_own_catalogue import CHANGED, planned, used, work_of
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.catalog import shipped_phase_model, shipped_price_book
from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.rules import Deliverable
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.engine.own_catalogue import catalogue_of
from zt_planner.errors import CatalogError, FileProblem
from zt_planner.files.catalogue import catalogue_bytes, plan_catalogue
from zt_planner.files.formats import EMPTY_CATALOGUE, Format, note_on
from zt_planner.files.imports.catalogue import catalogue_from, catalogue_in
from zt_planner.topics.sentence import planning_note

HEAD = "key,value\nname,Firm GmbH\nday,2026-11-06\n"
TASK = (
    "id,step,name,after,drivers,base_days,days_per_unit,low,high,external_share,team_share,min_length_days,pace,"
    "wait_weeks,wait_low,wait_high,head_start_days,falls_away_when,needs,reach,note\n"
    "{id},1,{name},{after},,{days},,0.5,2,0.3,0.5,1,,0,,,100,,,,\n"
)
PRICE = (
    "id,vendor,product,category,unit,amount,currency,term,valid_from,valid_to,grants,requires,sold,audience,seat_family,"
    "seat_cap,from_quantity,min_per_month,source,source_url,source_date,confidence,note\n"
    "{id},labour,Consultant,{category},day,{amount},EUR,one_off,2026-01-01,,,,yes,,,,,,,,,primary,\n"
)


def packed(**files: str | bytes) -> bytes:
    """Return a catalogue of files, `_` in their names a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", ".", 1), content)
    return out.getvalue()


def read(content: bytes) -> Catalogue:
    return catalogue_from(content, "firm.zttemplate", price_book(), phase_model())


@pytest.mark.parametrize("changes", CHANGED.values(), ids=CHANGED)
def test_what_is_made_from_a_plan_is_read_again(changes: dict[str, Any]) -> None:
    made = catalogue_of(planned(scenario(**changes)).case, "Firm GmbH", price_book(), phase_model())
    assert read(catalogue_bytes(made)) == made


def test_equal_catalogues_give_equal_bytes_and_keep_texts_and_look() -> None:
    row = Deliverable(task="kickoff", delivered="A list.", accepted="It is signed.", assumed="Time.", excluded="Law.")
    brand = Brand(firm="Firm GmbH", footer="Since 1999", colour="#1a56b0")
    made = Catalogue(CatalogueUse(name="Firm GmbH", day=TODAY, deliverables=(row,), brand=brand))
    assert catalogue_bytes(made) == catalogue_bytes(made)
    assert read(catalogue_bytes(made)) == made


def test_a_plan_that_differs_in_nothing_says_so_before_its_catalogue_is_used() -> None:
    view = handout(scenario(company__employees=200))
    assert plan_catalogue(view).is_empty
    assert note_on(Format.CATALOGUE, view) == EMPTY_CATALOGUE
    assert not note_on(Format.PDF, view)
    named = CatalogueUse(name="Firm", day=TODAY, brand=Brand(footer="Since 1999"))
    for changes in (*CHANGED.values(), {"display__catalogue": named}):
        assert not note_on(Format.CATALOGUE, handout(scenario(**changes)))


def test_the_shipped_data_is_read_once_by_a_process() -> None:
    view = handout(scenario())
    plan_catalogue(view)
    assert price_book() is shipped_price_book()
    assert phase_model() is shipped_phase_model()
    assert (shipped_price_book.cache_info().misses, shipped_phase_model.cache_info().misses) == (1, 1)


def test_a_folder_is_read_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").write_text(HEAD, "utf-8")
    (tmp_path / "tasks.csv").write_text(TASK.format(id="backup", name="Backup", after="kickoff", days=3), "utf-8")
    (tmp_path / "notes.txt").write_text("for us", "utf-8")
    found = catalogue_in(tmp_path, price_book(), phase_model())
    assert [task.id for task in found.tasks] == ["backup"]
    with pytest.raises(FileProblem, match="cannot be read"):
        catalogue_in(tmp_path / "none", price_book(), phase_model())


def test_an_own_task_of_the_plan_gives_way_to_the_catalogue_s() -> None:
    own = scenario(tasks__own={"backup": {"step": "1", "name": "Backup", "effort_days": 1}})
    found = read(packed(catalogue_csv=HEAD, tasks_csv=TASK.format(id="backup", name="Backup", after="kickoff", days=3)))
    plan = planned(used(found, own))
    assert work_of(plan, "backup") == 3
    assert not plan.scenario.tasks.own


def test_every_file_says_which_catalogue_a_plan_was_calculated_with() -> None:
    found = read(packed(catalogue_csv=HEAD))
    view = handout(used(found, scenario()))
    said = f"Calculated with the catalogue “Firm GmbH” of {view.language.day(TODAY)}."
    assert said in view.language.write(planning_note(view.plan))


WRONG: dict[str, tuple[bytes, str]] = {
    "no archive": (b"not a zip", "firm.zttemplate: it is damaged"),
    "too large": (b"x" * (LARGEST_FILE_BYTES + 1), "firm.zttemplate: the file has"),
    "a bomb": (packed(catalogue_csv=HEAD, logo_png=b"\0" * 11_000_000), "larger than the limit"),
    "a macro": (packed(catalogue_csv=HEAD, vbaProject_bin=b"x"), "'vbaProject.bin' is no part of a catalogue"),
    "no head": (packed(tasks_csv=TASK), "it has no catalogue.csv"),
    "no day": (packed(catalogue_csv="key,value\nname,Firm\n"), "the row 'day' is missing"),
    "a wrong day": (
        packed(catalogue_csv="key,value\nname,Firm\nday,6.11.2026\n"),
        "catalogue.csv, row 3, column value",
    ),
    "a wrong colour": (packed(catalogue_csv=HEAD + "colour,blue\n"), "catalogue.csv, row 4, column value"),
    "an unknown key": (packed(catalogue_csv=HEAD + "script,x\n"), "catalogue.csv, row 4, column key"),
    "a formula": (
        packed(catalogue_csv=HEAD, tasks_csv=TASK.format(id="a", name="=1+1", after="", days=1)),
        "tasks.csv, row 2, column name: '=1+1' is a formula",
    ),
    "a wrong number": (
        packed(catalogue_csv=HEAD, tasks_csv=TASK.format(id="a", name="A", after="", days="many")),
        "tasks.csv, row 2, column base_days",
    ),
    "an unknown task": (
        packed(catalogue_csv=HEAD, tasks_csv=TASK.format(id="a", name="A", after="b", days=1)),
        "tasks.csv, row 2, column after: 'b' is not a task",
    ),
    "a circle": (
        packed(catalogue_csv=HEAD, tasks_csv=TASK.format(id="kickoff", name="A", after="inventory", days=1)),
        "tasks.csv, row 2, column after",
    ),
    "a day rate of nobody": (
        packed(catalogue_csv=HEAD, prices_csv=PRICE.format(id="our-day", category="labour", amount=1)),
        "prices.csv, row 2, column category: 'labour' does not fit the id",
    ),
    "a text of no task": (
        packed(
            catalogue_csv=HEAD,
            deliverables_csv="task,delivered,accepted,consultant,team,assumed,excluded\nx,A.,B.,,,C.,D.\n",
        ),
        "deliverables.csv, row 2, column task",
    ),
    "a logo that runs something": (
        packed(catalogue_csv=HEAD, logo_svg="<svg xmlns='http://www.w3.org/2000/svg'><image href='http://a'/></svg>"),
        "logo.svg: it has 'image'",
    ),
    "no picture": (packed(catalogue_csv=HEAD, logo_png=b"GIF89a"), "logo.png: it is neither a PNG nor an SVG"),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_one_is_named_by_its_place(content: bytes, said: str) -> None:
    with pytest.raises(CatalogError) as refused:
        read(content)
    assert said in str(refused.value)


def test_names_in_any_script_and_two_hundred_own_tasks_are_read() -> None:
    rows = "".join(
        TASK.format(id=f"own-{number}", name=f"مهمة {number} 🎯", after="kickoff", days=1).partition("\n")[2]
        for number in range(200)
    )
    found = read(
        packed(catalogue_csv=HEAD.replace("Firm GmbH", "شركة 🎯"), tasks_csv=TASK.partition("\n")[0] + "\n" + rows)
    )
    assert len(found.tasks) == 200
    plan = planned(used(found, scenario()))
    assert plan.headlines[FigureName.INTRODUCTION_BUDGET].value > 0


@pytest.mark.parametrize("name", ["- Firma", "=1+1", "@", "-", "+49 40"])
def test_what_is_written_is_read_again_whatever_it_is_called(name: str) -> None:
    own = {"backup": {"step": "1", "name": name, "effort_days": 7}}
    made = catalogue_of(planned(scenario(tasks__own=own)).case, name, price_book(), phase_model())
    assert read(catalogue_bytes(made)).use.name
