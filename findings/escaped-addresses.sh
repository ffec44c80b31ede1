#!/usr/bin/env bash
# Subject: HTML turned into Markdown by markdownify 1.2.3 (PyPI) or turndown 7.2.5 (npm) and shown by markdown-it-py
# 4.3.0 with linkify-it-py 2.2.0.
#
# Guess: the backslashes that the converters set before "_" and "*" are gone when it is shown, so that an address that
# stands as plain text in the HTML becomes the link it was.
#
# Seen: linking comes before escapes. From "https://example.org/a_b" both converters write "https://example.org/a\_b",
# and the backslash stays in the text and in the link, as https://example.org/a%5C_b, which leads nowhere. An address
# without scheme is cut there (www.example.org/a), a mail address with an underscore is no link at all. GitHub's
# renderer (cmarkgfm 2025.10.22) keeps the backslash too, so that this is no fault to wait for. An address inside <a>
# comes through from both.
#
# Consequence: whatever comes in as HTML (mail, feeds, pasted text, pages fetched for a model) has dead links wherever
# an address holds "_" or "*", which is often (tickets, files, query strings), and whoever copies the text copies the
# backslash. Turn bare addresses into <address> while converting, before escaping: in both converters by an own escape
# function that leaves addresses alone. Do not mend it at display, where a backslash may be meant.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    markdownify==1.2.3 markdown-it-py==4.3.0 linkify-it-py==2.2.0 cmarkgfm==2025.10.22
npm install --silent --no-fund --no-audit --prefix "$folder" turndown@7.2.5

cat >"$folder/convert.cjs" <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const Turndown = require("turndown");
const converter = new Turndown();
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((html) => converter.turndown(html))));
JAVASCRIPT

cat >"$folder/show.py" <<'PYTHON'
import json
import re
import subprocess
from pathlib import Path

import cmarkgfm
from markdown_it import MarkdownIt
from markdownify import markdownify

PAGES = [
    "<p>https://example.org/a_b</p>",
    "<p>www.example.org/a_b</p>",
    "<p>bob_smith@example.org</p>",
    '<p><a href="https://example.org/a_b">https://example.org/a_b</a></p>',
]
command = ["node", Path(__file__).with_name("convert.cjs")]
answer = subprocess.run(command, input=json.dumps(PAGES), check=True, capture_output=True, text=True).stdout
renderer = MarkdownIt("gfm-like")


def find_link(html: str) -> str | None:
    found = re.search('href="(.*?)"', html)
    return found[1] if found else None


seen = []
for page, by_turndown in zip(PAGES, json.loads(answer), strict=True):
    written = markdownify(page).strip(), by_turndown
    links = [find_link(renderer.render(text)) for text in written]
    seen.append(links)
    print(page)
    for converter, text, link in zip(("markdownify", "turndown"), written, links, strict=True):
        print(f"    {converter:11}  {text:58}  link: {link}")
on_github = find_link(cmarkgfm.github_flavored_markdown_to_html(r"https://example.org/a\_b"))

assert seen[0] == ["https://example.org/a%5C_b"] * 2
assert seen[1] == ["http://www.example.org/a"] * 2
assert seen[2] == [None, None]
assert seen[3] == ["https://example.org/a_b"] * 2
assert on_github == "https://example.org/a%5C_b"
PYTHON
"$folder/venv/bin/python" "$folder/show.py"
