#!/usr/bin/env bash
# Subject: nh3 0.3.7 (PyPI), the sanitizer that bleach names as its successor, given links whose scheme is allowed.
#
# Guess: `url_schemes` decides by the scheme alone. A link by https keeps its `href`, whatever its host and port look
# like; a wrong one fails in the browser, when it is followed.
#
# Seen: the whole address is parsed. Where the host or the port is none (a port that is a word or beyond 65535, an IPv4
# address with a number beyond 255, an empty or escaped host, Punycode that decodes to nothing), `href` goes and the tag
# stays, with `target` and `rel`. Hosts with an underscore, two dots in a row, a dash in front or an empty port are kept.
#
# Consequence: "https://staging.example:port/" in a message becomes an `<a>` that looks like a link, and is neither
# followed nor reached by keyboard. Ask the sanitizer before making a link of an address that is not plainly right, and
# leave the others as text. That an address has an allowed scheme says nothing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nh3==0.3.7

"$folder/venv/bin/python" - <<'PYTHON'
import nh3

LOST = [
    "https://staging.example:port/",
    "https://example.org:65536/",
    "http://1.2.3.999/",
    "https://exa%20mple.org/",
    "https://xn--a/",
    "http://",
]
KEPT = ["https://ex_ample.org/", "https://a..b/", "https://-a.org/", "https://example.org:/", "http://1.2.3/", "mailto:"]

for address in LOST + KEPT:
    link = nh3.clean(f'<a href="{address}" target="_blank">x</a>', attributes={"a": {"href", "target"}}, link_rel=None)
    print(f"{address:32}{link}")
    assert ("href=" in link) is (address in KEPT), link
    assert 'target="_blank"' in link
PYTHON
