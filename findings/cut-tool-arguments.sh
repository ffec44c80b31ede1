#!/usr/bin/env bash
# Subject: arguments of a tool call while they stream in, read by jiter 0.19.0 (partial mode, as the SDKs of large
# providers do), json-repair 0.64.6 and partial-json-parser 0.2.1.1.post7 (all PyPI). Each prefix is what a client has after
# some chunk, or for ever when the stream is cut.
#
# Guess: jiter leaves out what is unfinished, numbers as well as strings, and is safe to act on; the others show
# more, and none returns text that cannot be encoded.
#
# Seen: of {"amount": 1200 cut after "12" all three say 12, jiter too, though it leaves out an unfinished string ("ann" of
# "anna") in the same mode: a shorter number looks finished. Of an emoji written as two escapes and cut between
# them json-repair and partial-json-parser return a lone surrogate, which neither UTF-8 nor a database takes; jiter drops
# it. json-repair makes the text "tru" of an unfinished true, and "" of a value that has not begun: another type
# than the schema says.
#
# Consequence: never run a tool with arguments of a stream that has not ended properly, however well they validate:
# 12 is a valid amount. Partial readers are for display only; there take jiter with "trailing-strings", and encode nothing that
# the others return without replacing surrogates.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    jiter==0.19.0 json-repair==0.64.6 partial-json-parser==0.2.1.1.post7

"$folder/venv/bin/python" - <<'PYTHON'
import jiter
import json_repair
import partial_json_parser

READERS = {
    "jiter": lambda text: jiter.from_json(text.encode(), partial_mode=True),
    "jiter, trailing strings": lambda text: jiter.from_json(text.encode(), partial_mode="trailing-strings"),
    "json-repair": json_repair.loads,
    "partial-json-parser": partial_json_parser.loads,
}
CUT = {
    "number": '{"amount": 12',
    "string": '{"to": "ann',
    "emoji": '{"text": "hi \\ud83d',
    "literal": '{"urgent": tru',
    "value": '{"to":',
}

seen = {}
for name, text in CUT.items():
    for reader, read in READERS.items():
        seen[name, reader] = read(text)
        print(f"{text:22} {reader:24} {ascii(seen[name, reader])}")

assert all(seen["number", reader] == {"amount": 12} for reader in READERS), seen
assert seen["string", "jiter"] == {} and seen["string", "jiter, trailing strings"] == {"to": "ann"}, seen
assert seen["emoji", "jiter, trailing strings"] == {"text": "hi "}, seen
for reader in ("json-repair", "partial-json-parser"):
    try:
        seen["emoji", reader]["text"].encode()
    except UnicodeEncodeError:
        continue
    raise SystemExit(f"{reader} no longer returns a lone surrogate")
assert seen["literal", "json-repair"] == {"urgent": "tru"} and seen["value", "json-repair"] == {"to": ""}, seen
print("as stated")
PYTHON
