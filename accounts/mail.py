"""Mails. What one says is one template; the layouts in `templates/email/` draw it as subject, text and HTML."""

from __future__ import annotations

import logging
import re
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import get_language

from accounts.languages import language_for
from accounts.models import User
from lib.db.transactions import after_commit
from lib.text.time_zones import find_zone

logger = logging.getLogger(__name__)


def mail_after_commit(name: str, *, to: str | None, origin: str = "", **context: Any) -> None:
    """Send `accounts/email/<name>.html`. `origin` is where people reach this place: `https://atrium.example`."""
    if to:
        context["site"] = urlsplit(origin).netloc
        after_commit(_compose_and_post, f"accounts/email/{name}.html", to, context)


def compose(template: str, *, to: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail that a template makes: its `link`, if there is one, becomes a button.

    Times are those of its `user`, and so is the language, where they have chosen one; else it is that of the request.
    """
    user = context.get("user")
    language = language_for(user, get_language()) if user else get_language()
    with translation.override(language), _clock_of(user):
        # A header is one line, whatever the names are.
        subject = " ".join(_drawn(template, "email/_subject.txt", context).split())
        text = re.sub(r"\n{3,}", "\n\n", _drawn(template, "email/_layout.txt", context)).strip() + "\n"
        message = EmailMultiAlternatives(subject=subject, body=text, to=[to])
        message.attach_alternative(_drawn(template, "email/_layout.html", context), "text/html")
    return message


def post(message: EmailMultiAlternatives) -> None:
    """Hand it over to be sent soon. What can't be handed over stops nobody; the log says what got lost."""
    try:
        message.send()
    except OSError:
        logger.exception("Could not send “%s”", message.subject)


def _compose_and_post(template: str, to: str, context: dict[str, Any]) -> None:
    post(compose(template, to=to, context=context))


def _clock_of(user: User | None) -> AbstractContextManager[None]:
    """That which they have chosen; else it stays that of the request."""
    zone = find_zone(user.time_zone) if user else None
    return timezone.override(zone) if zone else nullcontext()


def _drawn(template: str, layout: str, context: dict[str, Any]) -> str:
    drawing: Template = get_template(template).template  # type: ignore[attr-defined]
    return drawing.render(Context(context | {"layout": layout}, autoescape=layout.endswith(".html")))
