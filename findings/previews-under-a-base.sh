#!/usr/bin/env bash
# Subject: link previews of pages with a <base href>, as documentation sites, single-page applications and archived
# pages have it: linkpreview 0.13.2 (PyPI), metascraper 5.49.24 with its picture and address rules, unfurl.js 6.4.0,
# link-preview-js 4.0.4 (npm).
#
# Guess: readers made for previews resolve relative addresses as a browser does, against the base (HTML Standard,
# "document base URL"), at least those of <link rel="icon"> and <link rel="canonical">.
#
# Seen: none of them looks at <base>. Pictures, icons and the canonical address are all resolved against the address of the
# page, which usually answers 404, or with another page's picture; none says that it could not be sure.
#
# Consequence: previews show broken pictures or none, and two addresses of one page are told apart by a canonical address
# that does not exist. Read <base href> before giving the page to such a library, resolve against it, and fetch
# addresses (base included) only through the guarded client, since the base may point anywhere.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check linkpreview==0.13.2
npm install --silent --no-fund --no-audit --prefix "$folder" metascraper@5.49.24 metascraper-image@5.49.24 \
    metascraper-url@5.49.24 unfurl.js@6.4.0 link-preview-js@4.0.4

cat >"$folder/page.html" <<'HTML'
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Guide</title><base href="https://cdn.example/app/">
<link rel="icon" href="icon.png"><link rel="canonical" href="guide/1"><meta property="og:image" content="cover.png">
</head>
<body><p>Read on.</p></body>
</html>
HTML

cat >"$folder/read.mjs" <<'JAVASCRIPT'
import assert from "node:assert";
import fs from "node:fs";
import http from "node:http";
import metascraper from "metascraper";
import pictureRules from "metascraper-image";
import addressRules from "metascraper-url";
import { getPreviewFromContent } from "link-preview-js";
import { unfurl } from "unfurl.js";

const html = fs.readFileSync("page.html", "utf8");
const server = http.createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(html);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const url = `${origin}/docs/page`;

const first = await metascraper([pictureRules(), addressRules()])({ url, html });
const second = await unfurl(url);
const third = await getPreviewFromContent({ headers: { "content-type": "text/html" }, data: html, url });
server.close();

const seen = {
  metascraper: [first.image, first.url],
  unfurl: [second.open_graph.images[0].url, second.favicon, second.canonical_url],
  "link-preview-js": [third.images[0], third.favicons[0]],
};
console.log(seen);
assert.deepEqual(seen.metascraper, [`${origin}/docs/cover.png`, `${origin}/docs/guide/1`]);
assert.deepEqual(seen.unfurl, ["cover.png", "icon.png", "guide/1"].map((path) => `${origin}/docs/${path}`));
assert.deepEqual(seen["link-preview-js"], [`${origin}/docs/cover.png`, `${origin}/docs/icon.png`]);
JAVASCRIPT
cd "$folder"
node read.mjs

venv/bin/python - <<'PYTHON'
from pathlib import Path

from linkpreview import Link, LinkPreview

preview = LinkPreview(Link("https://wiki.example/docs/page", Path("page.html").read_text()))
icons = [icon[0] for icon in preview.absolute_favicon]
print("linkpreview", preview.absolute_image, icons)
assert preview.absolute_image == "https://wiki.example/docs/cover.png", preview.absolute_image
assert icons == ["https://wiki.example/docs/icon.png"], icons
PYTHON
echo "as stated"
