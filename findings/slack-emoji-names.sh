#!/usr/bin/env bash
# Subject: emoji 2.16.0 (PyPI, language="alias") given the short names of emoji-datasource 16.0.0 (npm), the data set
# that Slack names as the source of the names in its messages and reactions.
#
# Guess: the aliases of the package cover about 95 % of the short names, each with the same picture.
#
# Seen: of 1972 short names a quarter (484) stays text: all 262 that begin with "flag-" (a few flags have a second
# name that is known, such as ":de:"), many that say man or woman (":man-shrugging:", ":female-doctor:"), the skin
# tones (":+1::skin-tone-3:" becomes a thumb and the text ":skin-tone-3:"), ":medal:", ":scooter:", ":ladybug:".
# Eleven turn into another picture without a word: ":egg:" into a frying pan, ":satellite:" into an antenna,
# ":beetle:" into a ladybird, ":umbrella:" into one with rain, ":snowman:" into one without snow, ":ok_woman:" and
# three other people.
#
# Consequence: an import that maps reactions and text by this package leaves a quarter of them as words, and lets
# people react with something they never chose. Build the map for imports from emoji-datasource (names and code
# points, by the documented command), apply a skin tone to the emoji before it, and count in the report what stayed
# unknown (those are mostly the organisation's own emoji).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check emoji==2.16.0
npm install --silent --no-fund --no-audit --prefix "$folder" emoji-datasource@16.0.0

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import sys
from pathlib import Path

import emoji

rows = json.loads((Path(sys.argv[1]) / "node_modules/emoji-datasource/emoji.json").read_text())


def read_name(name: str) -> str:
    return emoji.emojize(f":{name}:", language="alias").replace("\ufe0f", "")


unknown, other, total = [], [], 0
for row in rows:
    picture = "".join(chr(int(point, 16)) for point in row["unified"].split("-")).replace("\ufe0f", "")
    for name in row["short_names"]:
        total += 1
        found = read_name(name)
        if found == f":{name}:":
            unknown.append(name)
        elif found != picture:
            other.append(name)
toned = emoji.emojize(":+1::skin-tone-3:", language="alias")
flags = [name for name in unknown if name.startswith("flag-")]
print(f"short names: {total}, left as text: {len(unknown)} ({len(flags)} of them flags), another picture: {len(other)}")
print(f"another picture: {' '.join(f'{name}={read_name(name)}' for name in sorted(other))}")
print(f"a thumb with a skin tone: {toned}")

assert (total, len(unknown), len(flags)) == (1972, 484, 262)
assert {"flag-de", "man-shrugging", "female-doctor", "medal", "scooter", "ladybug", "skin-tone-3"} <= set(unknown)
assert sorted(other) == [
    "beetle", "bride_with_veil", "egg", "email", "guardsman", "man_with_turban", "ok_woman", "satellite", "snowman",
    "sun_behind_cloud", "umbrella",
]
assert toned == "\U0001f44d:skin-tone-3:"
PYTHON
