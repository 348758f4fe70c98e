"""The plan as Microsoft Project's XML (MSPDI): what other planning programs open, too.

    file        the whole file: properties, own fields, calendars, tasks, teams and who does how much of what
    rows        which lines the file has, and which cash stands with which task
    marks       what a line is in the plan and how far it is, so that a file that comes back says what was changed
    xml_text    elements, times and durations in the form of the format

How a plan stands in Project is decided in ADR 0037. Laws: dates, links, waits
and costs are the plan's; the costs of the tasks add up to its cash, to the cent;
equal plans give equal bytes.
"""
