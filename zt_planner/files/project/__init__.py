"""The plan as Microsoft Project's XML (MSPDI): what other planning programs open, too.

    file        the whole file: properties, own fields, calendars, tasks, resources, assignments
    progress    how far a line is on the status date
    rows        which lines the file has: the project, its steps, their tasks, the steering
    costs       which cash stands with which task
    task_xml    a line as an element
    team_xml    the teams, and who does how much of what
    days_off    days off as spans with names
    days_xml    the calendar: hours, weekends, days off
    marks       what a line is in the plan, so that a file that comes back says what was changed
    xml_text    elements, times and durations in the form of the format

How a plan stands in Project is decided in ADR 0037. Laws: dates, links, waits
and costs are the plan's; the costs of the tasks add up to its cash, to the cent;
equal plans give equal bytes.
"""
