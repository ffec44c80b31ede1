"""Files that would run a script, lead elsewhere or break something if they were sent as they want to be."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

from tests.accounts.pictures import halves

SCRIPT = b"<script>document.title='run';alert(1);parent.postMessage('run','*')</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body onload=alert(1)>" + SCRIPT + b"</body></html>"
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"
XSLT = b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xsl,x"?><a/>'
JS_GIF = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//;"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PLAIN_PDF = PDF.replace(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"")
PHP, SHELL = b"<?php system($_GET['c']); ?>", b"#!/bin/sh\nrm -rf /\n"


def zip_of(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def bmp_of(script: bytes) -> bytes:
    return b"BM" + struct.pack("<IHHI", 26 + len(script), 0, 0, 26) + struct.pack("<IHHHH", 12, 1, 1, 1, 24) + script


# Name and bytes. Those of the pictures are real ones, with more behind or inside of them.
ATTACKS: list[tuple[str, bytes]] = [
    ("boat.svg", SVG),
    ("boat.svgz", gzip.compress(SVG)),
    ("boat.png", SVG),
    ("boat.jpg", SVG),
    ("boat.svg.png", SVG),
    ("with-mark.svg", b"\xef\xbb\xbf" + SVG),
    ("utf16.svg", SVG.decode().encode("utf-16")),
    ("entity.svg", b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG),
    ("laughs.svg", b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'),
    (
        "foreign.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">'
        + SCRIPT
        + b"</body></foreignObject></svg>",
    ),
    (
        "use.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><use href="data:image/svg+xml,x"/><a href="javascript:alert(1)"/>'
        b"</svg>",
    ),
    ("page.html", HTML),
    ("page.htm", HTML),
    ("page.HTML", HTML),
    ("page.html.txt", HTML),
    ("page.txt", HTML),
    ("page", HTML),
    ("page.png", HTML),
    ("page.pdf", HTML),
    ("page.mp4", HTML),
    ("page.mp3", HTML),
    ("spaces.html", b"\n" * 2000 + HTML),
    ("utf7.html", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
    ("utf16.html", HTML.decode().encode("utf-16")),
    ("utf16be.html", HTML.decode().encode("utf-16-be")),
    ("nul.html", b"\0" * 16 + HTML),
    ("page.xhtml", XHTML),
    ("page.xht", XHTML),
    ("page.xml", XHTML),
    ("page.rdf", XHTML),
    ("style.xml", XSLT),
    ("style.xsl", XSLT),
    ("feed.rss", b'<?xml version="1.0"?><rss>' + SCRIPT + b"</rss>"),
    (
        "page.mhtml",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n" + HTML,
    ),
    ("page.hta", HTML),
    ("help.chm", b"ITSF" + bytes(60)),
    ("page.swf", b"CWS" + bytes(60)),
    ("page.jar", zip_of("META-INF/MANIFEST.MF", b"Main-Class: Run")),
    ("link.url", b"[InternetShortcut]\nURL=javascript:alert(1)\n"),
    (
        "link.webloc",
        b'<?xml version="1.0"?><plist><dict><key>URL</key><string>javascript:alert(1)</string></dict></plist>',
    ),
    ("run.js", b"alert(1)"),
    ("run.mjs", b"alert(1)"),
    ("run.gif", JS_GIF),
    ("worker.js", b"self.onfetch = e => e.respondWith(new Response('<script>alert(1)</script>'))"),
    ("run.json", b'{"a": "</script><script>alert(1)</script>"}'),
    ("run.css", b"body{background:url(javascript:alert(1))}"),
    ("run.wasm", b"\0asm\1\0\0\0"),
    ("run.php", PHP),
    ("run.php.png", PHP),
    ("picture.php", halves() + PHP),
    ("run.phtml", PHP),
    ("run.sh", SHELL),
    ("run.exe", b"MZ" + bytes(100)),
    ("run.bat", b"@echo off\r\nformat c:\r\n"),
    (".htaccess", b"AddType text/html .png\n"),
    ("web.config", b"<configuration/>"),
    (".user.ini", b"auto_prepend_file=x.png\n"),
    ("index.html", HTML),
    ("../../index.html", HTML),
    ("..\\..\\index.html", HTML),
    ("photo\u202egnp.html", HTML),
    ("page.html\0.png", HTML),
    ("page.html%00.png", HTML),
    ("page.html;.png", HTML),
    ('a"; filename="page.html', HTML),
    ("a\r\nContent-Type: text/html\r\n\r\n.png", HTML),
    ("x" * 300 + ".html", HTML),
    ("<img src=x onerror=alert(1)>.png", halves()),
    ("polyglot.gif", halves(kind="GIF") + HTML),
    ("polyglot.png", halves() + HTML),
    ("polyglot.jpg", halves(kind="JPEG", comment=HTML)),
    ("polyglot.bmp", bmp_of(HTML)),
    ("polyglot.zip", zip_of("a.html", HTML) + HTML),
    ("script.pdf", PDF),
    ("page-then.pdf", HTML + PDF),
    ("bomb.zip", zip_of("zeros", bytes(10_000_000))),
    ("bomb.gz", gzip.compress(bytes(10_000_000))),
    ("table.csv", b'=cmd|"/C calc"!A1,"=HYPERLINK(""javascript:alert(1)"")"\n'),
    ("card.vcf", b"BEGIN:VCARD\nURL:javascript:alert(1)\nEND:VCARD\n"),
    ("day.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    ("mail.eml", b"Content-Type: text/html\n\n" + HTML),
    ("empty.html", b""),
]
