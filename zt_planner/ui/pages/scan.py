"""Scans of other programs: files are dropped, what they say is looked at and ticked, and one press takes it over.

Laws: nothing is set before that press, and it is one change; what is not ticked sets nothing; whoever may not change
the plan can drop nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from typing import Any, cast

import streamlit as st

from zt_planner import bootstrap
from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import ScanFiles
from zt_planner.domain.scenario.fields import OWNED_LICENCES, STATUS_DATE
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.scans.edit import (
    EditLine,
    beyond_bounds,
    edit_lines,
    edits_of,
    names_of,
    path_of_count,
)
from zt_planner.engine.scans.effect import effect_of
from zt_planner.engine.scans.proposal import (
    LicenceProposal,
    Proposal,
    ProposedState,
    TaskProposal,
    proposal_for,
    with_products,
)
from zt_planner.errors import PlannerError, msgid
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Labelled, Language, Text, Words
from zt_planner.topics.error_texts import explain
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import product_name
from zt_planner.topics.record.incoming import import_effect_text
from zt_planner.topics.scans import preview
from zt_planner.topics.scans.blocks import (
    beyond_text,
    cautions,
    file_text,
    headline,
    line_table,
    passed_over_text,
    undecided_text,
)
from zt_planner.ui.addresses import FIRST_PAGE
from zt_planner.ui.components.elements import (
    fold,
    show_caption,
    show_errors,
    show_lines,
    show_page_link,
    show_refused,
    show_text,
)
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.make_it_yours import show_answer_button
from zt_planner.workspace.jobs.scanning import scan_job
from zt_planner.workspace.limits import SCAN_FILES_AT_ONCE

SIDE_WIDTH = 280
"""Pixels of one side of a contradiction at least."""


def answer(_plan: AnyPlan, language: Language) -> str:
    """Say what a scan is good for."""
    return language.say("You do not pay again for what your scans show as done.")


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    say = language.say
    if not session.may_change():
        show_caption(say("Only people who may change the plan can import scans."))
        return
    show_caption(
        say(
            "Drop the reports of Zero Trust Assessment, Maester, ScubaGear, ScubaGoggles or Prowler, a Secure Score, "
            "your licences, or lists of people and devices. You see everything first and untick what is wrong. "
            "Names and addresses are discarded while a file is read; the file is not saved."
        )
    )
    uploaded = st.file_uploader(
        say("Scans"), accept_multiple_files=True, max_upload_size=LARGE_UPLOAD_MEGABYTES, key="scans"
    )
    if not uploaded:
        show_caption(say("Several files at once are fine, also as a ZIP file, which may hold larger ones."))
        return
    if len(uploaded) > SCAN_FILES_AT_ONCE:
        show_errors(
            [
                say(
                    "At most {most} files at once. If you have more, put them into one ZIP file.",
                    most=SCAN_FILES_AT_ONCE,
                )
            ]
        )
        return
    ids = [file.file_id for file in uploaded]
    mark = tab.own_key(f"scan:{sha256(repr(ids).encode()).hexdigest()[:12]}")
    if _is_taken_over(mark):
        _show_taken(language)
        return
    rules = bootstrap.scan_rules()
    files = [(file.name, file.getvalue()) for file in uploaded]
    panel = JobPanel(
        key="scan",
        request=partial(scan_job, session.state(), files, ids, rules),
        progress=lambda number: _progress(number, len(files), language),
        show_result=lambda read: _show_read(plan, read, rules, mark, language),
        failed=say("The files could not be read. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _progress(number: int | None, files: int, language: Language) -> tuple[float, str]:
    done = number or 0
    text = language.say("Reading file {n} of {all}…", n=language.number(done + 1), all=language.number(files))
    return done / files, text


def _is_taken_over(mark: str) -> bool:
    """Tell whether what was ticked of these files is in the plan: not once it is undone, or changed since."""
    edits = cast("Mapping[str, Any] | None", tab.this_tab().forms.get(f"{mark}:taken"))
    try:
        return edits is not None and with_values(session.state().scenario, edits) == session.state().scenario
    except PlannerError:
        return False


def _show_taken(language: Language) -> None:
    say = language.say
    st.success(plain(say("The ticked items are in the plan. Undo removes them.")), icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link(FIRST_PAGE, say("See the plan"), ":material/arrow_forward:")
    _show_questions(language)


def _show_questions(language: Language) -> None:
    show_caption(
        language.say(
            "No scan sees works councils, networks, processes or training. "
            "For these, answer the questions about your company."
        )
    )
    show_answer_button(language, "scan:answers")


def _show_read(plan: AnyPlan, read: ScanFiles, rules: ScanRules, mark: str, language: Language) -> None:
    for refused in read.refused:
        show_errors(explain(refused))
    if read.scans:
        _Preview(plan, proposal_for(plan, read.scans, rules), rules, mark, language).show(read)


@dataclass
class _Preview:
    """What is proposed, as it is drawn and ticked.

    `left_out` are the lines without a tick, `unknown` the licences that the price book does not know by their names.
    """

    plan: AnyPlan
    proposal: Proposal
    rules: ScanRules
    mark: str
    language: Language
    left_out: set[str] = field(default_factory=set)
    unknown: tuple[LicenceProposal, ...] = ()

    def show(self, read: ScanFiles) -> None:
        """Draw the sentence, the button and everything that can be ticked; what is said above waits for the ticks."""
        above = st.container()
        self._choose_products()
        for step in preview.steps_of(self.proposal, self.plan.case):
            self._show_step(step)
        self._show_status_date()
        self._show_licences()
        self._show_counts()
        _show_questions(self.language)
        with above:
            self._show_summary(read)
        tab.this_tab().forms[self.mark] = frozenset(self.left_out)

    @property
    def left_out_before(self) -> frozenset[str]:
        """What had no tick when it was drawn last: an undo brings the ticks back as they were."""
        return cast("frozenset[str]", tab.this_tab().forms.get(self.mark, frozenset()))

    @cached_property
    def lines(self) -> tuple[EditLine, ...]:
        """What the proposal would change."""
        return edit_lines(self.proposal, self.plan.scenario)

    def _tick(self, line: EditLine, text: Words) -> None:
        """Draw the tick of a line."""
        if not st.checkbox(plain(text), line.name not in self.left_out_before, key=f"{self.mark}:{line.name}"):
            self.left_out.add(line.name)

    # Above

    def _show_summary(self, read: ScanFiles) -> None:
        case, scenario, say = self.plan.case, self.plan.scenario, self.language.say
        edits = edits_of(self.proposal, scenario, self.left_out)
        after = self._planned(edits)
        fits = not isinstance(after, PlannerError)
        effect = effect_of(self.proposal, case, frozenset(self.left_out)) if fits else None
        st.markdown(f"**{plain(headline(self.proposal, effect, self.left_out))}**")
        if effect is not None:
            show_caption(say("Compared with the same company with everything still to do."))
        show_lines([*(file_text(scan) for scan in self.proposal.scans), passed_over_text(read.passed_over)])
        for scan in self.proposal.scans:
            for text in cautions(scan):
                st.warning(plain(Labelled(scan.file, text)), icon=":material/warning:")
        if not self.lines:
            show_text(say("The plan already contains everything in these files."))
        elif isinstance(after, PlannerError):
            show_refused([after], lambda path: field_label(path, session.book()))
        else:
            self._show_change(edits, after)

    def _planned(self, edits: Mapping[str, Any]) -> AnyPlan | PlannerError:
        """Return the plan with what is ticked, or why that is refused: numbers of which one bounds another."""
        try:
            return session.plan_of(with_values(self.plan.scenario, edits))
        except PlannerError as refused:
            return refused

    def _show_change(self, edits: Mapping[str, Any], after: AnyPlan) -> None:
        say = self.language.say
        if edits:
            show_lines([import_effect_text(self.plan, after), preview.no_start_text(self.lines)])
        st.button(
            say("Add the ticked items to the plan"),
            key="scan:apply",
            icon=":material/check:",
            disabled=not edits,
            help=say("One change, which you can undo."),
            on_click=widgets.pressed(_take_over, edits, self.mark),
        )
        if edits:
            table = line_table([line for line in self.lines if line.name not in self.left_out], self.plan.case)
            title = say("What would be set")
            fold(title, "scan_lines", partial(show_table, table, title, scrolls=True), ":material/table_rows:")

    # Tasks

    def _show_step(self, step: preview.StepPreview) -> None:
        names = {line.name for line in self.lines}
        is_ticked = any(names & set(names_of(task)) for task in step.shown)
        is_open = is_ticked or any(task.state is ProposedState.CONTRADICTION for task in step.shown)
        with st.expander(plain(step.title), expanded=is_open, key=f"{self.mark}:step:{step.step}"):
            for task in step.shown:
                with st.container(gap="xsmall"):
                    self._show_task(task)
            for tasks, text in (
                (step.not_shown, msgid("Not in these files: {tasks}")),
                (step.asked, msgid("No scan sees: {tasks}")),
            ):
                if tasks:
                    listed = preview.listed_tasks(tasks, self.plan.case)
                    show_caption(Text(text, tasks=listed))

    def _show_task(self, task: TaskProposal) -> None:
        line = next((line for line in self.lines if line.name in names_of(task)), None)
        text = preview.task_text(task, self.plan.case)
        if line is not None:
            self._tick(line, text)
        else:
            st.markdown(f":small[{plain(text)}]")
        if task.state is ProposedState.CONTRADICTION:
            self._show_sides(task)
            return
        said = preview.without_share_text(task) if line is None else preview.actual_text(line, task, self.plan.case)
        show_lines([*preview.evidence_lines(task.evidence, self.rules), said])

    def _show_sides(self, task: TaskProposal) -> None:
        sides = preview.sides(task).values()
        with st.grid(len(sides), min_column_width=SIDE_WIDTH):
            for evidence in sides:
                with st.container(border=True, height="stretch", gap="xsmall"):
                    st.markdown(f"**{plain(preview.side_title(evidence))}**")
                    show_lines(preview.evidence_lines(evidence, self.rules))
        show_caption(preview.contradiction_text(task))

    def _show_status_date(self) -> None:
        """Draw the tick of the status date, which moves to the day of the scan."""
        line = next((line for line in self.lines if line.name == STATUS_DATE), None)
        if line is not None:
            text = Text(
                "Status date: {before} becomes {after}, the day of the scan",
                before=field_value(STATUS_DATE, line.before.isoformat(), session.book()),
                after=field_value(STATUS_DATE, line.after.isoformat(), session.book()),
            )
            self._tick(line, text)

    # Licences and counts

    def _choose_products(self) -> None:
        """Take over which products were chosen for those that the price book does not know."""
        self.unknown = tuple(licence for licence in self.proposal.licences if licence.price_id is None)
        chosen = {each.key: st.session_state.get(self._product_key(each.key)) for each in self.unknown}
        self.proposal = with_products(self.proposal, {key: price for key, price in chosen.items() if price})

    def _product_key(self, key: str) -> str:
        return f"{self.mark}:product:{key}"

    def _show_licences(self) -> None:
        licences, say, book = self.proposal.licences, self.language.say, session.book()
        if not licences:
            return
        st.header(say("Licences"))
        owned = {row.licence: row.seats for row in self.plan.scenario.company.owned_licences}
        ticked = [line for line in self.lines if line.path == OWNED_LICENCES]
        for line in ticked:
            price_id = line.name.removeprefix(f"{OWNED_LICENCES}.")
            with st.container(gap="xsmall"):
                name, is_owned = product_name(price_id, book), price_id in owned
                text = preview.owned_text(name, line.after.seats, owned.get(price_id), is_owned=is_owned)
                self._tick(line, text)
                show_caption(preview.found_as(licences, price_id))
        named = {line.name.removeprefix(f"{OWNED_LICENCES}.") for line in ticked}
        for price_id in dict.fromkeys(each.price_id for each in licences if each.price_id):
            if price_id not in named:
                st.markdown(f":small[{plain(preview.as_it_is(product_name(price_id, book)))}]")
                show_caption(preview.found_as(licences, price_id))
        self._ask_for_products(say("Leave it out"))

    def _ask_for_products(self, nothing: str) -> None:
        """Ask which product of the price book an unknown licence is."""
        named = controls.licence_name(self.language)
        for licence in self.unknown:
            st.selectbox(
                plain(preview.unknown_text(licence)),
                controls.ownable_licences(),
                format_func=lambda key: plain(named(key) if key else nothing),
                key=self._product_key(licence.key),
                help=self.language.say("The price book does not know this name. Choose the product that it is."),
            )

    def _show_counts(self) -> None:
        counts, case = self.proposal.counts, self.plan.case
        if not counts:
            return
        st.header(self.language.say("How many there are"))
        lines = {line.name: line for line in self.lines}
        for count in counts:
            line, text = lines.get(path_of_count(count)), preview.count_text(count, case)
            if line is None:
                st.markdown(f":small[{plain(text)}]")
            else:
                self._tick(line, text)
        if self.proposal.undecided_counts:
            show_caption(undecided_text(self.proposal))
        for beyond in beyond_bounds(self.proposal):
            show_caption(beyond_text(beyond, case))


def _take_over(edits: Mapping[str, Any], mark: str) -> None:
    """Make what was ticked one change; an example becomes one's own plan, and the baseline, by it."""
    state = session.state()
    make = session.workspace().make_own if state.is_example else session.workspace().change
    if session.attempt(lambda latest: make(latest, edits), typed=edits):
        tab.this_tab().forms[f"{mark}:taken"] = edits
