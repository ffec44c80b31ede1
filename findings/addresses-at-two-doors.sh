#!/usr/bin/env bash
# Subject: one mail address read by pydantic 2.14.3 (EmailStr, email-validator 2.4.0, the type of REST schemas) and by
# Django 5.2.19 (EmailField, the type of forms and models), then mailed by Django.
#
# Guess: an address that both take is stored alike; where they differ, the stricter one refuses with an error; an
# address that a schema lets in can be mailed.
#
# Seen: EmailStr changes what it takes. bob@xn--mller-kva.example becomes bob@müller.example, Django keeps the first;
# "Bob <bob@example.org>" loses the name, Django refuses it. EmailStr refuses @server.local, @mail.test and
# @nas.home.arpa, which Django takes, and takes müller@example.org, which Django refuses in a form. Mailed all the
# same, that one goes to the server as RCPT TO:<=?utf-8?q?m=C3=BCller?=@example.org>, a mailbox that does not exist,
# without an error.
#
# Consequence: a person invited through the REST interface and signing in by a form or a provider has two spellings of
# one address, so the invitation is not found or a second account is made; installations whose users live under .local
# can invite in the browser and not by REST; mail to a non-ASCII mailbox vanishes. Take plain text in schemas and hand
# it to the one validator the forms use, which also turns the domain into its ASCII form before storing and comparing,
# and refuse a local part that is not ASCII at every door.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    django==5.2.19 pydantic==2.14.3 email-validator==2.4.0

"$folder/venv/bin/python" - <<'PYTHON'
import socketserver
import threading

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from pydantic import EmailStr, TypeAdapter
from pydantic import ValidationError as SchemaError

settings.configure()
REFUSED = "refused"
schema = TypeAdapter(EmailStr)


def read_by_schema(address: str) -> str:
    try:
        return schema.validate_python(address)
    except SchemaError:
        return REFUSED


def read_by_form(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return REFUSED
    return address


class MailServer(socketserver.StreamRequestHandler):
    """A mail server that takes everything and keeps the lines which name a recipient."""

    recipients: list[str] = []

    def handle(self) -> None:
        self.reply("220 ready")
        for line in self.rfile:
            command = line.decode().strip()
            if command.upper().startswith("RCPT"):
                self.recipients.append(command)
            if command.upper() == "DATA":
                self.reply("354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.reply("221 bye" if command.upper() == "QUIT" else "250 OK")

    def reply(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def list_recipients(address: str) -> list[str]:
    """Return what a mail server at hand is told to deliver to."""
    with socketserver.TCPServer(("127.0.0.1", 0), MailServer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        host, port = server.server_address
        connection = get_connection("django.core.mail.backends.smtp.EmailBackend", host=host, port=port, timeout=10)
        EmailMessage("Hello", "Text", "chat@example.org", [address], connection=connection).send()
        thread.join()
    return MailServer.recipients


expected = {
    "bob@example.org": ("bob@example.org", "bob@example.org"),
    "bob@xn--mller-kva.example": ("bob@müller.example", "bob@xn--mller-kva.example"),
    "Bob <bob@example.org>": ("bob@example.org", REFUSED),
    "bob@server.local": (REFUSED, "bob@server.local"),
    "bob@mail.test": (REFUSED, "bob@mail.test"),
    "bob@nas.home.arpa": (REFUSED, "bob@nas.home.arpa"),
    "müller@example.org": ("müller@example.org", REFUSED),
}
seen = {address: (read_by_schema(address), read_by_form(address)) for address in expected}
for address, (by_schema, by_form) in seen.items():
    print(f"{address:26}  EmailStr {by_schema:22}  Django {by_form}")
recipients = list_recipients("müller@example.org")
print(f"mail to müller@example.org: {recipients}")

assert seen == expected
assert recipients == ["rcpt TO:<=?utf-8?q?m=C3=BCller?=@example.org>"]
PYTHON
