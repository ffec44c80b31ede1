#!/usr/bin/env bash
# Subject: a VTIMEZONE written by icalendar 7.3.2 (`add_missing_timezones()`), read by ical.js 2.2.1 (npm).
#
# Guess: an event of July at 12:00 Europe/Berlin is 10:00 UTC to whoever reads the file with the zone that stands in
# it.
#
# Seen: icalendar lists the changes of the clock as one RDATE with many values, separated by commas. ical.js takes
# only the first value of each RDATE of a zone, so for it the last change of Berlin is that of September 1981: July is
# 11:00 UTC, an hour late, in every year, without an error. With each value on an RDATE line of its own, the same file
# is read rightly. dateutil's reader and icalendar read both forms rightly.
#
# Consequence: subscribers whose calendar is built on ical.js and takes zones from the file see every meeting of the
# summer an hour late, while all tests of ours, which run the feed through Python again, pass. Write times of feeds in
# UTC; where a repeat needs its zone, split the RDATE values (or write the two yearly rules as RRULE) before the file
# goes out, and test the feed with ical.js too.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TZ=UTC
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.2 python-dateutil==2.9.0.post0 tzdata==2026.6
npm install --silent --no-fund --no-audit --prefix "$folder" ical.js@2.2.1

cat >"$folder/read.mjs" <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone")));
const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
console.log(event.startDate.toJSDate().toISOString().slice(0, 16));
JAVASCRIPT

cat >"$folder/write.py" <<'PYTHON'
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar import Calendar, Event

FOLDER = Path(__file__).parent
JULY = datetime(2026, 7, 10, 12, tzinfo=ZoneInfo("Europe/Berlin"))

calendar = Calendar.new()
calendar.add_component(Event.new(start=JULY))
calendar.add_missing_timezones()
written = calendar.to_ical().decode()


def split_rdates(text: str) -> str:
    lines = []
    for line in text.replace("\r\n ", "").splitlines():
        name, _, values = line.partition(":")
        lines += [f"{name}:{value}" for value in values.split(",")] if name == "RDATE" else [line]
    return "\r\n".join([*lines, ""])


def read_by_ical_js(text: str) -> str:
    path = FOLDER / "feed.ics"
    path.write_text(text, newline="")
    answer = subprocess.run(["node", FOLDER / "read.mjs", path], check=True, capture_output=True, text=True)
    return answer.stdout.strip()


def read_by_dateutil(text: str) -> str:
    zone = tzical(io.StringIO(text)).get()
    return f"{JULY.replace(tzinfo=zone).astimezone(UTC):%Y-%m-%dT%H:%M}"


def read_by_icalendar(text: str) -> str:
    calendar = Calendar.from_ical(text)
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)
    return f"{JULY.replace(tzinfo=zone).astimezone(UTC):%Y-%m-%dT%H:%M}"


RIGHT, LATE = "2026-07-10T10:00", "2026-07-10T11:00"
for name, text, expected in (("as written", written, LATE), ("RDATEs split", split_rdates(written), RIGHT)):
    seen = read_by_ical_js(text), read_by_dateutil(text), read_by_icalendar(text)
    print(f"{name:12}  ical.js {seen[0]}   dateutil {seen[1]}   icalendar {seen[2]}")
    assert seen == (expected, RIGHT, RIGHT)
PYTHON
"$folder/venv/bin/python" "$folder/write.py"
