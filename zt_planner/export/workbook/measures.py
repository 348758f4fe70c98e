"""The sheet NIS2: the ten measures, how far the plan serves each, and from which day on."""

from __future__ import annotations

from zt_planner.domain.plan import CoverageState
from zt_planner.export.workbook.sheets import FIRST_ROW, Book, Column, Form, Sheet
from zt_planner.reports.task_words import task_name
from zt_planner.reports.words import label


def write_measures(book: Book) -> None:
    """Write the sheet."""
    plan, language = book.handout.plan, book.language
    say = language.say
    columns = (
        Column(say("Art. 21(2)"), width=10),
        Column(say("Measure"), width=60),
        Column(say("State at the end"), width=18),
        Column(say("Partly from"), Form.DATE, 14),
        Column(say("Supported from"), Form.DATE, 14),
        Column(say("Sec. 30(2) BSIG no."), width=14),
        Column(say("Annex of (EU) 2024/2690"), width=18),
        Column(say("Tasks that serve it"), width=60),
    )
    paper = book.begin(Sheet.MEASURES, say("NIS2: what the plan supports"), columns)
    measures = {measure.letter: measure for measure in book.handout.case.base_model.measures}
    names = {task.task.id: task_name(task.task, language) for task in plan.tasks}
    for row, covered in enumerate(plan.coverage, start=FIRST_ROW + 1):
        measure = measures[covered.letter]
        cells = (
            f"({covered.letter})",
            say(measure.measure),
            label(covered.state, language),
            covered.partly_from,
            covered.reached_on if covered.state is CoverageState.SUPPORTED else None,
            measure.bsig_30_2,
            measure.cir_2024_2690,
            "; ".join(names[task] for task in (*covered.main_tasks, *covered.partial_tasks)),
        )
        for place, value in enumerate(cells):
            book.write(paper, row, place, value, columns[place])
        book.fit(paper, row, [(cells[1], columns[1]), (cells[-1], columns[-1])])
    book.finish(Sheet.MEASURES, FIRST_ROW + max(len(plan.coverage), 1), len(columns) - 1)
