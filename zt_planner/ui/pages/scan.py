"""Scans of other programs: files are dropped, what they say is looked at and ticked, and one press takes it over.

Laws: nothing is set before that press, and it is one change; what is not ticked sets nothing; whoever may not change
the plan can drop nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

import streamlit as st

from zt_planner import bootstrap
from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES
from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import ScanFiles
from zt_planner.domain.scenario.fields import OWNED_LICENCES, STATUS_DATE
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.scans.doubts import doubted_counts
from zt_planner.engine.scans.edit import (
    EditLine,
    beyond_bounds,
    done_lines,
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
from zt_planner.language import Labelled, Language, Text, Words, series
from zt_planner.topics.error_texts import explain
from zt_planner.topics.headline.before_and_after import new_findings_text, promised_or_none, team_lines
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import product_name
from zt_planner.topics.scans import preview
from zt_planner.topics.scans.blocks import (
    beyond_text,
    cautions,
    doubt_texts,
    file_text,
    headline,
    line_table,
    news_text,
    passed_over_text,
    undecided_text,
)
from zt_planner.ui.addresses import PLAN_PAGE
from zt_planner.ui.components.elements import (
    fold,
    show_answer_button,
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
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import ScanTicks
from zt_planner.ui.widgets import controls
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
    here, rules = tab.this_tab(), bootstrap.scan_rules()
    uploaded = st.file_uploader(
        say("Scans"),
        accept_multiple_files=True,
        max_upload_size=LARGE_UPLOAD_MEGABYTES,
        key="scans",
        on_change=widgets.pressed(_forget_read),
    )
    if not uploaded and here.scans is not None:
        ids, read = here.scans
        show_caption(say("These files were read on this page before. Dropped files replace them."))
        _show_found(plan, read, rules, ids, language)
        return
    if not uploaded:
        limits = say(
            "Up to {most} files at once, of up to {size} MB each; a ZIP file may hold larger ones.",
            most=SCAN_FILES_AT_ONCE,
            size=LARGE_UPLOAD_MEGABYTES,
        )
        show_caption(limits)
        return
    if len(uploaded) > SCAN_FILES_AT_ONCE:
        problem = say(
            "At most {most} files at once. If you have more, put them into one ZIP file.", most=SCAN_FILES_AT_ONCE
        )
        show_errors([problem])
        return
    ids = [file.file_id for file in uploaded]
    files = [(file.name, file.getvalue()) for file in uploaded]
    panel = JobPanel(
        key="scan",
        request=partial(scan_job, session.state(), files, ids, rules),
        progress=lambda number: _progress(number, len(files), language),
        show_result=lambda read: _show_found(plan, read, rules, ids, language),
        failed=say("The files could not be read. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _mark_of(ids: Sequence[str]) -> str:
    """Return what the keys of a proposal's widgets begin with."""
    return tab.own_key(f"scan:{sha256(repr(list(ids)).encode()).hexdigest()[:12]}")


def _forget_read() -> None:
    """Drop what was read: other files are chosen, or none."""
    tab.this_tab().scans = None


def _show_found(plan: AnyPlan, read: ScanFiles, rules: ScanRules, ids: Sequence[str], language: Language) -> None:
    """Show what was read, and keep it: the field forgets its files with the page."""
    tab.this_tab().scans, mark = (ids, read), _mark_of(ids)
    if _is_taken_over(_ticks_of(mark)):
        _show_taken(language)
    else:
        _show_read(plan, read, rules, mark, language)


def _progress(number: int | None, files: int, language: Language) -> tuple[float, str]:
    done = number or 0
    text = language.say("Reading file {n} of {all}…", n=language.number(done + 1), all=language.number(files))
    return done / files, text


def _is_taken_over(ticks: ScanTicks) -> bool:
    """Tell whether what was ticked is in the plan: not once it is undone, or changed since."""
    scenario = session.state().scenario
    try:
        return ticks.taken is not None and with_values(scenario, ticks.taken) == scenario
    except PlannerError:
        return False


def _show_taken(language: Language) -> None:
    say = language.say
    st.success(plain(say("The ticked items are in the plan. Undo removes them.")), icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link(PLAN_PAGE, say("See the plan"), ":material/arrow_forward:")
    _show_what_scans_miss(language)


def _show_what_scans_miss(language: Language) -> None:
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
    if not read.scans:
        return
    found, ticks = proposal_for(plan, read.scans, rules), _ticks_of(mark)
    unknown = tuple(licence for licence in found.licences if licence.price_id is None)
    chosen = {each.key: st.session_state.get(_product_key(mark, each)) for each in unknown}
    proposal = with_products(found, {key: price for key, price in chosen.items() if price})
    lines, doubted = edit_lines(proposal, plan.scenario), doubted_counts(proposal, plan.case)
    left_out = set()
    for name in (line.name for line in lines):
        is_usual = name not in doubted
        is_ticked = st.session_state.get(_tick_key(mark, name), ticks.choices.get(name, is_usual))
        if is_ticked == is_usual:
            ticks.choices.pop(name, None)
        else:
            ticks.choices[name] = is_ticked
        if not is_ticked:
            left_out.add(name)
    _Preview(plan, proposal, unknown, lines, frozenset(left_out), rules, mark, language).show(read)


def _ticks_of(mark: str) -> ScanTicks:
    """Return the ticks of some files; a line that was unticked of others stays so where a file is added."""
    known = tab.this_tab().scan_ticks
    if mark not in known:
        before = next(reversed(known.values()), ScanTicks())
        known[mark] = ScanTicks(dict(before.choices))
    return known[mark]


def _tick_key(mark: str, name: str) -> str:
    return f"{mark}:{name}"


def _product_key(mark: str, licence: LicenceProposal) -> str:
    return f"{mark}:product:{licence.key}"


@dataclass(frozen=True, slots=True)
class _Preview:
    """What is proposed, as it is drawn.

    `unknown` are the licences that the price book does not know by their names, `left_out` the lines without a tick.
    """

    plan: AnyPlan
    proposal: Proposal
    unknown: tuple[LicenceProposal, ...]
    lines: tuple[EditLine, ...]
    left_out: frozenset[str]
    rules: ScanRules
    mark: str
    language: Language

    def show(self, read: ScanFiles) -> None:
        """Draw the sentence, the button, and everything that can be ticked."""
        self._show_summary(read)
        for step in preview.steps_of(self.proposal, self.plan.case):
            self._show_step(step)
        self._show_status_date()
        self._show_licences()
        self._show_counts()
        _show_what_scans_miss(self.language)

    def _tick(self, line: EditLine, text: Words) -> None:
        """Draw the tick of a line."""
        st.checkbox(plain(text), line.name not in self.left_out, key=_tick_key(self.mark, line.name))

    # Summary

    def _show_summary(self, read: ScanFiles) -> None:
        case, scenario, say = self.plan.case, self.plan.scenario, self.language.say
        edits = edits_of(self.proposal, scenario, self.left_out)
        after = self._planned(edits)
        fits = not isinstance(after, PlannerError)
        effect = effect_of(self.proposal, case, self.left_out) if fits else None
        st.markdown(f"**{plain(headline(self.proposal, effect, self.left_out))}**")
        show_lines([news_text(self.proposal, scenario, self.left_out)])
        if edits and not isinstance(after, PlannerError):
            show_lines(list(self._effect_lines(after)))
        show_lines(list(self._count_lines()))
        show_lines([*(file_text(scan) for scan in self.proposal.scans), passed_over_text(read.passed_over)])
        for scan in self.proposal.scans:
            for text in cautions(scan):
                st.warning(plain(Labelled(scan.file, text)), icon=":material/warning:")
        for text in doubt_texts(self.proposal, case):
            st.warning(plain(text), icon=":material/warning:")
        if not self.lines:
            show_text(say("The plan already contains everything in these files."))
        elif isinstance(after, PlannerError):
            show_refused([after], lambda path: field_label(path, session.book()))
        else:
            self._show_change(edits)

    def _planned(self, edits: Mapping[str, Any]) -> AnyPlan | PlannerError:
        """Return the plan with what is ticked, or why that is refused: numbers of which one bounds another."""
        try:
            return session.plan_of(with_values(self.plan.scenario, edits))
        except PlannerError as refused:
            return refused

    def _show_change(self, edits: Mapping[str, Any]) -> None:
        say = self.language.say
        show_lines([preview.no_start_text(self.lines)] if edits else [])
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
            fold(title, "scan_lines", partial(show_table, table, title, stacks=True), ":material/table_rows:")

    def _effect_lines(self, after: AnyPlan) -> Iterator[Words]:
        """Yield what is promised today, with counts and licences alone where work is ticked as well, and with all."""
        today, then = view_of(self.plan, self.language), view_of(after, self.language)
        yield Labelled(Text("The plan today"), promised_or_none(today))
        done = done_lines(self.proposal, self.plan.scenario)
        ticked = {line.name for line in self.lines} - self.left_out
        if ticked & done and ticked - done:
            counted = self._planned(edits_of(self.proposal, self.plan.scenario, self.left_out | done))
            if not isinstance(counted, PlannerError):
                promised = promised_or_none(view_of(counted, self.language))
                yield Labelled(Text("With the counts and licences alone"), promised)
        yield Labelled(Text("With everything that is ticked"), promised_or_none(then))
        yield from team_lines(today, then)
        yield new_findings_text(self.plan, after)

    def _count_lines(self) -> Iterator[Words]:
        """Yield what the ticked counts change, and which counts have no tick although they differ."""
        case, names = self.plan.case, {line.name for line in self.lines}
        counts = [count for count in self.proposal.counts if path_of_count(count) in names]
        left_out = [count for count in counts if path_of_count(count) in self.left_out]
        yield from (preview.count_change_text(count, case) for count in counts if count not in left_out)
        if left_out:
            listed = series(preview.count_text(count, case) for count in left_out)
            yield Text("Not ticked: {counts}. Tick them below if they are right.", counts=listed)

    # Tasks

    def _show_step(self, step: preview.StepPreview) -> None:
        names = {line.name for line in self.lines}
        is_ticked = any(names & set(names_of(task)) for task in step.shown)
        is_open = is_ticked or any(task.state is ProposedState.CONTRADICTION for task in step.shown)
        with st.expander(plain(step.counted(self.left_out)), expanded=is_open, key=f"{self.mark}:step:{step.step}"):
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
            st.header(self.language.say("Status date"))
            text = Text(
                "Status date: {before} becomes {after}, the day of the scan",
                before=field_value(STATUS_DATE, line.before.isoformat(), session.book()),
                after=field_value(STATUS_DATE, line.after.isoformat(), session.book()),
            )
            self._tick(line, text)

    # Licences and counts

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
            text = preview.unknown_text(licence)
            with st.container(gap="xsmall"):
                show_text(text)
                st.selectbox(
                    self.language.write(text),  # read out as it is, escapes included
                    controls.ownable_licences(),
                    format_func=lambda key: plain(named(key) if key else nothing),
                    key=_product_key(self.mark, licence),
                    label_visibility="collapsed",
                )
        if self.unknown:
            show_caption(
                self.language.say("The price book does not know these names. Choose the products that they are.")
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
    """Make what was ticked one change."""
    if session.make_own(edits):
        _ticks_of(mark).taken = edits
