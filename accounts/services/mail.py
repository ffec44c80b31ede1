"""Mails. What one says is one template; the layouts in `templates/email/` draw it as subject, text and HTML."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, Template
from django.template.loader import get_template

logger = logging.getLogger(__name__)

# Nobody waits for a mail server, nor learns from how long it takes whether an address is known.
carrier = ThreadPoolExecutor(1, thread_name_prefix="mail")


def mail_after_commit(name: str, *, to: str | None, origin: str = "", **context: Any) -> None:
    """Send `accounts/email/<name>.html`. `origin` is where people reach this place: `https://atrium.example`."""
    if to:
        context["site"] = urlsplit(origin).netloc
        message = compose(f"accounts/email/{name}.html", to=to, context=context)
        transaction.on_commit(lambda: post(message))


def compose(template: str, *, to: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail that a template makes: its `link`, if there is one, becomes a button."""
    # A header is one line, whatever the names are.
    subject = " ".join(_drawn(template, "email/_subject.txt", context).split())
    text = re.sub(r"\n{3,}", "\n\n", _drawn(template, "email/_layout.txt", context)).strip() + "\n"
    message = EmailMultiAlternatives(subject=subject, body=text, to=[to])
    message.attach_alternative(_drawn(template, "email/_layout.html", context), "text/html")
    return message


def post(message: EmailMultiAlternatives) -> None:
    """Hand it over to be sent soon. A mail server that fails stops nobody; the log says what got lost."""
    carrier.submit(_deliver, message)


def _deliver(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("Could not send “%s”", message.subject)


def _drawn(template: str, layout: str, context: dict[str, Any]) -> str:
    drawing: Template = get_template(template).template  # type: ignore[attr-defined]
    return drawing.render(Context(context | {"layout": layout}, autoescape=layout.endswith(".html")))
