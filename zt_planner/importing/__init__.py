"""Imports: untrusted files, turned into edits of the open plan.

    archive           zip files: few, small and known parts only
    bundle_file       a plan with its prices and its phase model
    workbook_file     a workbook: its own plan, and its rows
    rows              rows of tables; task_rows, line_rows and assumption_rows are what they change
    said              what is gathered: edits, and what is left out
    project_file      a project file: what was changed in one of ours, or a roadmap of others
    project_xml       reads it piece by piece; project_records are its values
    project_outline   what stands above a line, and what it waits for
    project_lines     which line is which task; project_changes what was changed of it
    project_roadmap   what is new; project_frame what is said beside tasks

Laws: a file that cannot be used is refused with a reason within a second, and
takes no more memory than a file that can; nothing that a file says is dropped unseen.
"""
