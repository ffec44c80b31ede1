#!/usr/bin/env bash
# Subject: email-reply-parser 0.5.12 and mail-parser-reply 1.36 (PyPI), which cut the quoted message off a reply that
# comes in by mail.
#
# Guess: what the person typed comes back whole, the quoted message goes, in each language that mail programs use; at
# worst some of the quotation stays.
#
# Seen: both lose text that was typed. email-reply-parser takes any paragraph whose first line starts with "--", "__"
# or a hyphen and a letter for a signature and drops it with all that follows: a list typed as "-milk", a command
# option, a ruled line, "__init__". It also drops quotations chosen by hand between two paragraphs. It knows English
# alone: a German reply from Gmail keeps the line with the other person's name and address, one from Outlook keeps the
# whole earlier message. mail-parser-reply keeps all of these when told the language (with ["en"] it is as blind to
# German), but both cut at two lines "From: …" and "To: …" in the middle of a text, and mail-parser-reply removes
# nothing from a reply typed below the quotation.
#
# Consequence: with reply by mail the sender is never told that half of the message was dropped, or the earlier
# message and addresses are posted into the room. Cut by a marker line of our own that our mails carry at their top
# ("write above this line"), and by a library only where it is missing; pass every language of the interface; keep the
# whole text and let the message show it ("show what was cut").
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check email-reply-parser==0.5.12 mail-parser-reply==1.36

"$folder/venv/bin/python" - <<'PYTHON'
from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as MailReplyParser

ENGLISH = "On Wed, Mar 4, 2026 at 10:12 AM Bob Stone <bob@example.org> wrote:\n\n> Shall we meet at ten?\n"
GERMAN = "Am Mi., 4. März 2026 um 10:12 Uhr schrieb Bob Stone <bob@example.org>:\n\n> Treffen um zehn?\n"
OUTLOOK = (
    "Von: Bob Stone <bob@example.org>\nGesendet: Mittwoch, 4. März 2026 10:12\n"
    "An: Alice <alice@example.org>\nBetreff: Treffen\n\nTreffen um zehn?\n"
)
# Name, what was typed, the quotation after it.
REPLIES = [
    ("plain", "Sounds good.", ENGLISH),
    ("list without spaces", "Please buy:\n\n-milk\n-bread\n\nThanks", ENGLISH),
    ("option", "Run it so:\n\n--verbose --dry-run\n\nand tell me.", ENGLISH),
    ("ruled line", "First part\n\n-----\n\nSecond part", ENGLISH),
    ("own quotation", "As the manual says:\n\n> Never restart twice.\n\nSo I did not.", ENGLISH),
    ("From and To", "These fields are missing:\n\nFrom: the sender\nTo: the reader\n\nCan you add them?", ENGLISH),
    ("German Gmail", "Passt.", GERMAN),
    ("German Outlook", "Geht klar.", OUTLOOK),
]


def judge(answer: str, typed: str) -> str:
    if answer == typed:
        return "right"
    return "typed text lost" if len(answer) < len(typed) else "quotation kept"


readers = {
    "email-reply-parser": EmailReplyParser.parse_reply,
    "mail-parser-reply en": lambda text: MailReplyParser(languages=["en"]).parse_reply(text=text),
    "mail-parser-reply en+de": lambda text: MailReplyParser(languages=["en", "de"]).parse_reply(text=text),
}
seen = {}
print(f"{'':20}  {'  '.join(f'{name:23}' for name in readers)}")
for name, typed, quotation in REPLIES:
    answers = [read(f"{typed}\n\n{quotation}") for read in readers.values()]
    seen[name] = tuple(judge(answer, typed) for answer in answers)
    print(f"{name:20}  {'  '.join(f'{verdict:23}' for verdict in seen[name])}")
below = f"{ENGLISH}\nYes, at ten.\n"
below_kept = "Shall we meet" in readers["mail-parser-reply en"](below)
print(f"reply below the quotation, mail-parser-reply keeps the quotation: {below_kept}")

LOST, KEPT = "typed text lost", "quotation kept"
assert seen["plain"] == ("right", "right", "right")
for name in ("list without spaces", "option", "ruled line", "own quotation"):
    assert seen[name] == (LOST, "right", "right"), name
assert seen["From and To"] == (LOST, LOST, LOST)
assert seen["German Gmail"] == seen["German Outlook"] == (KEPT, KEPT, "right")
assert below_kept
PYTHON
