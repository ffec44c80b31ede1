#!/usr/bin/env bash
# Subject: Pygments 2.21.0 (PyPI) given the names of languages that people write behind the three backquotes, taken from
# highlight.js 11.12.0 (npm), the highlighter of many forges, wikis and chats.
#
# Guess: Pygments, with its more than 500 lexers, knows nearly all of the common names; what it lacks is exotic.
#
# Seen: of 380 names and aliases it does not know 170. Among them are "plaintext" and "txt", "patch", "jsonc", "svg",
# "h", "hpp" and "cc", "mjs", "cjs" and "mts", "kt" and "kts", "vb", "pgsql", "cmd", "shellsession", "plist". A name may also mean
# something else: "console" and "shell" are a session with prompts in highlight.js, and "shell" is plain Bash here.
#
# Consequence: code that was coloured where it came from is grey after an import or a paste, and a rule such as "what is
# no known language belongs to the code" prints "plaintext" or "patch" as the first line of it. Keep a table of further
# names beside the lexers (patch → diff, jsonc → json, kt → kotlin, h and hpp → cpp, mjs, cjs → javascript, mts →
# typescript, svg and plist → xml, txt and plaintext → none), and test it against the names of highlight.js.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pygments==2.21.0
npm install --silent --no-fund --no-audit --prefix "$folder" highlight.js@11.12.0

cat >"$folder/names.cjs" <<'JAVASCRIPT'
const highlighter = require("highlight.js");
const names = highlighter.listLanguages().flatMap((name) => [name, ...(highlighter.getLanguage(name).aliases ?? [])]);
console.log(JSON.stringify(names));
JAVASCRIPT
node "$folder/names.cjs" >"$folder/names.json"

"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import sys
from pathlib import Path

from pygments.lexers import get_all_lexers, get_lexer_by_name

names = json.loads((Path(sys.argv[1]) / "names.json").read_text())
lexers = list(get_all_lexers(plugins=False))
known = {alias.lower() for _, aliases, *_ in lexers for alias in aliases}
unknown = [name for name in names if name.lower() not in known]
print(f"Pygments has {len(lexers)} lexers and {len(known)} names; of {len(names)} names it lacks {len(unknown)}:")
print(" ".join(unknown))

common = "plaintext txt patch jsonc svg h hpp cc mjs cjs mts kt kts vb pgsql cmd shellsession plist"
assert set(common.split()) <= set(unknown)
assert (len(names), len(unknown)) == (380, 170)
assert get_lexer_by_name("shell").name == "Bash"
PYTHON
