#!/usr/bin/env bash
# Subject: icalendar 7.3.2, the `alarms` of a VTODO.
#
# Guess: a task that has a DUE and no DTSTART, the usual shape of a task, gives the time of an alarm that is set
# relative to its end, and any task gives that of an alarm at a fixed moment, as RFC 5545 has it.
#
# Seen: each access to `todo.alarms.times` of a task without DTSTART raises IncompleteComponent ("No DTSTART given."),
# also where the trigger is RELATED=END and DUE is there, and where the trigger is a moment in UTC that needs neither.
# `todo.DUE` and the triggers themselves are read without complaint. With a DTSTART beside it the same alarms are
# right.
#
# Consequence: an import of tasks from another calendar stops at the first task of the usual shape, or, where the
# error is caught around `alarms`, drops every reminder. Work the time out from the parts: a datetime trigger as it
# is, a duration from DUE when RELATED is END, from DTSTART otherwise, and from DUE as well when there is no DTSTART.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.2 python-dateutil==2.9.0.post0 tzdata==2026.6

"$folder/venv/bin/python" - <<'PYTHON'
from icalendar import Todo
from icalendar.error import IncompleteComponent

DUE = "DUE;TZID=Europe/Berlin:20260601T120000"
START = "DTSTART;TZID=Europe/Berlin:20260601T100000"


def read_alarm(trigger: str, *lines: str) -> str:
    todo = Todo.from_ical(
        "\r\n".join(
            [
                "BEGIN:VTODO",
                "UID:1",
                "DTSTAMP:20260101T000000Z",
                *lines,
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "DESCRIPTION:Due soon",
                trigger,
                "END:VALARM",
                "END:VTODO",
            ]
        )
    )
    try:
        seen = " ".join(f"{time.trigger:%d %b %H:%M%z}" for time in todo.alarms.times)
    except IncompleteComponent as error:
        seen = str(error)
    print(f"{' '.join(lines):80}  {trigger:33}  {seen}")
    return seen


relative, fixed = "TRIGGER;RELATED=END:-PT2H", "TRIGGER;VALUE=DATE-TIME:20260601T080000Z"
missing = "No DTSTART given."
assert read_alarm(relative, DUE) == missing
assert read_alarm(fixed, DUE) == missing
assert read_alarm(fixed, "SUMMARY:A task without dates") == missing
assert read_alarm(relative, START, DUE) == "01 Jun 10:00+0200"
assert read_alarm(fixed, START, DUE) == "01 Jun 08:00+0000"
PYTHON
