#!/usr/bin/env bash
# Subject: pypdfium2 5.15.2 (PyPI, PDFium): what the text of a PDF has where a line ends with a hyphen.
#
# Guess: the hyphen and a line break, as they are printed: "inter-\r\nnational". To find "international", put together what
# a hyphen at the end of a line divides.
#
# Seen: neither is there. `get_text_range()` has the noncharacter U+FFFE in place of both, `get_text_bounded()` of the
# same page the control character U+0002. So it is for each hyphen at the end of a line, also that of "well-known", which
# belongs to the word. Lines that end without one are divided by "\r\n", and hyphens within a line stay.
#
# Consequence: neither "international" nor "well-known" is found by its letters, and what looks for a hyphen to join never
# sees one. U+FFFE is stored by SQLite and PostgreSQL without complaint, and shown as a box or as nothing. Replace both
# characters before the text is kept: by nothing for search, and search for the halves with a hyphen too.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 fpdf2==2.8.9

cat >"$folder/read.py" <<'PYTHON'
"""Print two lines that end with hyphens, and what the PDF says they are."""

import sys

import pypdfium2
from fpdf import FPDF

path = sys.argv[1]
pdf = FPDF()
pdf.add_page()
pdf.set_font("Helvetica", size=12)
pdf.text(20, 20, "The harbour office signed an inter-")
pdf.text(20, 26, "national contract, and a well-")
pdf.text(20, 32, "known one, ship-to-shore,")
pdf.text(20, 38, "in March.")
pdf.output(path)

page = pypdfium2.PdfDocument(path)[0].get_textpage()
whole, bounded = page.get_text_range(), page.get_text_bounded()
print("get_text_range:  ", ascii(whole))
print("get_text_bounded:", ascii(bounded))
assert "inter\ufffenational" in whole and "well\ufffeknown" in whole, "no U+FFFE any more"
assert "inter\x02national" in bounded and "well\x02known" in bounded, "no U+0002 any more"
assert "ship-to-shore,\r\nin March." in whole, "other hyphens or lines have changed"
PYTHON
"$folder/venv/bin/python" "$folder/read.py" "$folder/lines.pdf"
