#!/usr/bin/env bash
# Subject: icalendar 7.3.2, recurring-ical-events 3.8.2 (PyPI), ical.js 2.2.1 and node-ical 0.26.1 (npm): lengths in
# hours over a change of the clock.
#
# Guess: as RFC 5545 says, hours are exact and days are nominal: DURATION:PT8H from 22:00 in the night that loses an
# hour ends at 07:00 in all four, and PT24H and P1D differ.
#
# Seen: none of the four tells hours from days. icalendar, recurring-ical-events and ical.js add both to the clock's
# reading: PT8H ends at 06:00, seven hours later, and PT24H is 23 hours. node-ical takes both as time that passes:
# PT8H ends at 07:00, but P1D at 23:00 on the next day. `duration` of icalendar says 8:00:00 all the same. An alarm
# twelve hours before noon (TRIGGER:-PT12H) is put at midnight by icalendar, eleven hours before.
#
# Consequence: an on-call shift or a reminder given in hours is off by one hour on two nights of the year, and people
# who look at the same entry in two programs see two ends. Write DTEND, in UTC or with its zone, and never DURATION;
# write alarms as moments in UTC; when reading, add a length below a day in UTC and turn the result back to the zone.
# Do not take `event.duration` of a zoned event for time that passes.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TZ=UTC
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.2 recurring-ical-events==3.8.2 python-dateutil==2.9.0.post0 tzdata==2026.6
npm install --silent --no-fund --no-audit --prefix "$folder" ical.js@2.2.1 node-ical@0.26.1

cat >"$folder/calendar.ics" <<'CALENDAR'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//hours//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:PT8H
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260328T220000
DURATION:PT8H
END:VEVENT
BEGIN:VEVENT
UID:PT24H
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260328T220000
DURATION:PT24H
END:VEVENT
BEGIN:VEVENT
UID:P1D
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260328T220000
DURATION:P1D
END:VEVENT
BEGIN:VEVENT
UID:alarm
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260329T120000
DURATION:PT1H
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Soon
TRIGGER:-PT12H
END:VALARM
END:VEVENT
END:VCALENDAR
CALENDAR

cat >"$folder/read.mjs" <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(new URL("calendar.ics", import.meta.url), "utf8");
const hours = { "ical.js": {}, "node-ical": {} };
const calendar = new ICAL.Component(ICAL.parse(text));
ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone")));
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  hours["ical.js"][event.uid] = (event.endDate.toJSDate() - event.startDate.toJSDate()) / 3_600_000;
}
for (const event of Object.values(nodeIcal.sync.parseICS(text)).filter(({ type }) => type === "VEVENT")) {
  hours["node-ical"][event.uid] = (event.end - event.start) / 3_600_000;
}
console.log(JSON.stringify(hours));
JAVASCRIPT

cat >"$folder/read.py" <<'PYTHON'
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

FOLDER = Path(__file__).parent
calendar = Calendar.from_ical((FOLDER / "calendar.ics").read_bytes())


def count_hours(start: datetime, end: datetime) -> float:
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 3600


hours = json.loads(subprocess.run(["node", FOLDER / "read.mjs"], check=True, capture_output=True).stdout)
hours["icalendar"] = {str(event["UID"]): count_hours(event.start, event.end) for event in calendar.events}
hours["recurring-ical-events"] = {
    str(event["UID"]): count_hours(event["DTSTART"].dt, event["DTEND"].dt)
    for event in recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 4, 1))
}
for reader, lengths in hours.items():
    told = [f"{length} lasts {lengths[length]:g} hours" for length in ("PT8H", "PT24H", "P1D")]
    print(f"{reader:22}", *told, sep="   ")
alarmed = calendar.events[3]
before = count_hours(alarmed.alarms.times[0].trigger, alarmed.start)
print(f"icalendar puts the alarm -PT12H {before:g} hours before the start")

for reader in ("icalendar", "recurring-ical-events", "ical.js"):
    assert hours[reader] == {"PT8H": 7, "PT24H": 23, "P1D": 23, "alarm": 1}, reader
assert hours["node-ical"] == {"PT8H": 8, "PT24H": 24, "P1D": 24, "alarm": 1}
assert calendar.events[0].duration.total_seconds() == 8 * 3600
assert before == 11
PYTHON
"$folder/venv/bin/python" "$folder/read.py"
