#!/usr/bin/env bash
# Subject: the same RRULE read by python-dateutil 2.9.0.post0, rrule 2.8.1 (npm) and ical.js 2.2.1 (npm, the reader
# inside of Thunderbird and of several web calendars).
#
# Guess: the three agree on rules of RFC 5545 that begin on a day of the rule (yearly, yearly in a week, every day).
#
# Seen: dateutil follows the RFC in all of them. ical.js reads "every year", begun on 29 February, as 1 March in the
# years between (RFC: leap years alone), and reads "yearly in week 1 on Monday", "in week 53 on Monday" and "on the
# 20th Monday" as every single week. rrule gives no date at all for a series of whole days (DTSTART;VALUE=DATE): it
# passes over that DTSTART and counts from the present moment, so a rule whose UNTIL lies behind is empty, without an
# error.
#
# Consequence: a yearly task becomes a weekly one in a subscriber's calendar, a birthday moves, and an all-day series
# that a script or a page of ours reads with rrule is empty. In calendar feeds write repeats whose rule is not plain
# (DAILY, WEEKLY with BYDAY, MONTHLY with BYMONTHDAY or a numbered BYDAY, YEARLY alone, not on 29 February) as single
# events, worked out on the server; never hand DTSTART;VALUE=DATE to rrule.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TZ=UTC
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
npm install --silent --no-fund --no-audit --prefix "$folder" rrule@2.8.1 ical.js@2.2.1

cat >"$folder/rules.json" <<'JSON'
[["leap day", "DTSTART:20280229T090000Z", "RRULE:FREQ=YEARLY;COUNT=3"],
 ["week 1", "DTSTART:20270104T090000Z", "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3"],
 ["week 53", "DTSTART:20261228T090000Z", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3"],
 ["20th Monday", "DTSTART:20260518T090000Z", "RRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=3"],
 ["whole days", "DTSTART;VALUE=DATE:20260104", "RRULE:FREQ=DAILY;UNTIL=20260106"],
 ["last Friday", "DTSTART:20260130T090000Z", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"]]
JSON

cat >"$folder/read.mjs" <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import rrule from "rrule";

function readByIcal(start, rule) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", start, rule, "END:VEVENT", "END:VCALENDAR"];
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(lines.join("\r\n"))).getFirstSubcomponent("vevent"));
  const dates = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) dates.push(next.toString().slice(0, 10));
  return dates;
}

function readByRrule(start, rule) {
  return rrule.rrulestr(`${start}\n${rule}`).all().map((date) => date.toISOString().slice(0, 10));
}

const rules = JSON.parse(readFileSync(new URL("rules.json", import.meta.url)));
console.log(JSON.stringify(rules.map(([, start, rule]) => [readByRrule(start, rule), readByIcal(start, rule)])));
JAVASCRIPT
node "$folder/read.mjs" >"$folder/read.json"

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import sys
from datetime import datetime
from pathlib import Path

from dateutil.rrule import rrulestr

folder = Path(sys.argv[1])
rules = json.loads((folder / "rules.json").read_text())
others = json.loads((folder / "read.json").read_text())

seen = {}
for (name, start, rule), (by_rrule, by_ical) in zip(rules, others, strict=True):
    moment = start.rpartition(":")[2]
    whole_days = "VALUE=DATE" in start
    dtstart = datetime.strptime(moment, "%Y%m%d" if whole_days else "%Y%m%dT%H%M%S%z")
    by_dateutil = [f"{date:%Y-%m-%d}" for date in rrulestr(rule, dtstart=dtstart)]
    seen[name] = by_dateutil, by_rrule, by_ical
    print(f"{name}: {start} {rule}")
    for reader, dates in zip(("dateutil", "rrule", "ical.js"), seen[name], strict=True):
        print(f"    {reader:8}  {' '.join(dates) or 'nothing'}")

assert len({tuple(dates) for dates in seen["last Friday"]}) == 1
for name in ("leap day", "week 1", "week 53", "20th Monday"):
    assert seen[name][0] == seen[name][1], name
assert seen["leap day"][0] == ["2028-02-29", "2032-02-29", "2036-02-29"]
assert seen["leap day"][2] == ["2028-02-29", "2029-03-01", "2030-03-01"]
assert seen["week 1"][0] == ["2027-01-04", "2028-01-03", "2029-01-01"]
assert seen["week 1"][2] == ["2027-01-11", "2027-01-18", "2027-01-25"]
assert seen["20th Monday"][0] == ["2026-05-18", "2027-05-17", "2028-05-15"]
assert seen["20th Monday"][2] == ["2026-05-18", "2026-05-25", "2026-06-01"]
assert seen["week 53"][2] == ["2027-01-04", "2027-01-11", "2027-01-18"]
days = ["2026-01-04", "2026-01-05", "2026-01-06"]
assert seen["whole days"] == (days, [], days)
PYTHON
