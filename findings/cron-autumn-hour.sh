#!/usr/bin/env bash
# Subject: croniter 7.0.0 and cronsim 2.8 (PyPI) over the end of summer time, Europe/Berlin, 25 October 2026, with an
# aware start.
#
# Guess: both run a job of a fixed hour ("30 2 * * *") once in the night whose hour from 2 to 3 comes twice, as
# Debian's cron does, and jobs of every hour or half hour in each of the real hours.
#
# Seen: cronsim does so. croniter runs the daily job twice, at 02:30 summer time and an hour later at 02:30 winter
# time, and so for "15 2,3 * * *" and "30 1-4 * * *". In spring they agree on a single hour (02:30 runs at 03:00) and
# differ on a step: "0 */2 * * *" runs at 03:00 for the hour that is missing with croniter and not before 04:00 with
# cronsim.
#
# Consequence: a nightly digest, a reminder or a removal of old messages runs twice on one night in the year, on the
# servers of those whose zone changes, and no test in UTC shows it. Use cronsim; give each run a key of its local date
# and time, made unique in the database, so that the second one is refused whichever reader is in use.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check croniter==7.0.0 cronsim==2.8 tzdata==2026.6

"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

from croniter import croniter
from cronsim import CronSim

BERLIN = ZoneInfo("Europe/Berlin")


def list_runs(expression: str, start: datetime) -> tuple[list[str], list[str]]:
    """Return the runs of the night after the start, as hour, minute and offset, by cronsim and by croniter."""
    simulated, iterated = CronSim(expression, start), croniter(expression, start)
    runs = [next(simulated) for _ in range(16)], [iterated.get_next(datetime) for _ in range(16)]
    end = start.replace(hour=6, minute=0)
    by_cronsim, by_croniter = [[f"{run:%H:%M%z}" for run in reader if run < end] for reader in runs]
    print(f"{start:%d %B}  {expression:12}  cronsim {' '.join(by_cronsim)}   croniter {' '.join(by_croniter)}")
    return by_cronsim, by_croniter


autumn = datetime(2026, 10, 25, 0, 50, tzinfo=BERLIN)
spring = datetime(2026, 3, 29, 0, 50, tzinfo=BERLIN)

once, twice = list_runs("30 2 * * *", autumn)
assert once == ["02:30+0200"] and twice == ["02:30+0200", "02:30+0100"]
several = list_runs("15 2,3 * * *", autumn)
assert several == (["02:15+0200", "03:15+0100"], ["02:15+0200", "02:15+0100", "03:15+0100"])
half_hours = list_runs("*/30 * * * *", autumn)
assert half_hours[0] == half_hours[1] and len(half_hours[0]) == 12
missing = list_runs("30 2 * * *", spring)
assert missing == (["03:00+0200"], ["03:00+0200"])
stepped = list_runs("0 */2 * * *", spring)
assert stepped == (["04:00+0200"], ["03:00+0200", "04:00+0200"])
PYTHON
