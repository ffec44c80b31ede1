#!/usr/bin/env bash
# Subject: dateparser 1.5.0 and parsedatetime 2.6 (PyPI), chrono-node 2.10.3 (npm): the words people type after
# "remind me".
#
# Guess: everyday English phrases give the moment that is meant, or nothing. dateparser is told the present moment and
# to prefer the future; chrono-node gets forwardDate.
#
# Seen, on Friday 27 November 2026 at 09:50: none of the three reads all nine phrases, and most failures are silent.
# dateparser: "tomorrow at 9" is tomorrow 09:50 (the 9 is dropped, "9am" is kept), "at 9" is 27 September of the next
# year, "in 10" is in October. parsedatetime: "in half an hour" is in one hour, "9am" lies in the past, "day after
# tomorrow" is tomorrow. chrono-node: "day after tomorrow" is tomorrow unless "the" stands before it, "end of the day"
# is this time tomorrow, "friday" is today at noon and finds a word such as "sat" in any sentence ("I sat down").
#
# Consequence: a reminder that comes at the wrong time without a word is worse than a refused one. Read a small
# grammar of our own (N minutes/hours/days, today/tomorrow/weekday with an optional time, a date) and refuse the rest;
# whichever reader is used, show the moment that was understood, with its weekday, before it is kept. Never let a
# reader search in running text.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TZ=UTC
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 parsedatetime==2.6
npm install --silent --no-fund --no-audit --prefix "$folder" chrono-node@2.10.3

cat >"$folder/phrases.json" <<'JSON'
["tomorrow at 9", "tomorrow 9am", "at 9", "in 10", "9am", "in half an hour", "day after tomorrow", "end of the day",
 "friday"]
JSON

cat >"$folder/chrono.mjs" <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { parseDate } from "chrono-node";

const now = new Date("2026-11-27T09:50:00Z");
const show = (moment) => moment?.toISOString().slice(0, 16).replace("T", " ") ?? null;
const read = (text) => show(parseDate(text, now, { forwardDate: true }));
const phrases = JSON.parse(readFileSync(new URL("phrases.json", import.meta.url)));
console.log(JSON.stringify([...phrases, "the day after tomorrow", "I sat down"].map((text) => [text, read(text)])));
JAVASCRIPT
node "$folder/chrono.mjs" >"$folder/chrono.json"

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import sys
from datetime import datetime
from pathlib import Path

import dateparser
import parsedatetime

NOW = datetime(2026, 11, 27, 9, 50)
folder = Path(sys.argv[1])
phrases = json.loads((folder / "phrases.json").read_text())
chrono = dict(json.loads((folder / "chrono.json").read_text()))


def read_by_dateparser(text: str) -> str | None:
    moment = dateparser.parse(
        text, languages=["en"], settings={"RELATIVE_BASE": NOW, "PREFER_DATES_FROM": "future"}
    )
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def read_by_parsedatetime(text: str) -> str | None:
    moment, found = parsedatetime.Calendar().parseDT(text, NOW)
    return f"{moment:%Y-%m-%d %H:%M}" if found else None


print(f"{'':22}  {'dateparser':16}  {'parsedatetime':16}  chrono-node")
seen = {}
for text in phrases:
    seen[text] = read_by_dateparser(text), read_by_parsedatetime(text), chrono[text]
    print(f"{text:22}  {'  '.join(f'{moment or chr(45):16}' for moment in seen[text])}")
for text in ("the day after tomorrow", "I sat down"):
    print(f"{text:58}  {chrono[text]}")

assert seen["tomorrow at 9"] == ("2026-11-28 09:50", "2026-11-28 09:00", "2026-11-28 09:00")
assert seen["tomorrow 9am"] == ("2026-11-28 09:00",) * 3
assert seen["at 9"] == ("2027-09-27 00:00", None, "2026-11-28 09:00")
assert seen["in 10"][0] == "2027-10-27 00:00"
assert seen["9am"] == ("2026-11-28 09:00", "2026-11-27 09:00", "2026-11-28 09:00")
assert seen["in half an hour"] == (None, "2026-11-27 10:50", "2026-11-27 10:20")
assert seen["day after tomorrow"] == ("2026-11-29 09:50", "2026-11-28 09:00", "2026-11-28 09:50")
assert seen["end of the day"] == (None, None, "2026-11-28 09:50")
assert seen["friday"] == ("2026-12-04 00:00", "2026-12-04 09:50", "2026-11-27 12:00")
assert chrono["the day after tomorrow"] == "2026-11-29 09:50" and chrono["I sat down"] == "2026-11-28 12:00"
PYTHON
