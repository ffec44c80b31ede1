"""Compose and send mails. A mail is one template; the layouts in `templates/email/` render subject, text and HTML."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import get_language

from accounts import hooks
from accounts.languages import choose_language
from accounts.models import User
from lib.text.time_zones import find_zone


def mail_after_commit(name: str, *, to: str | None, origin: str = "", **context: Any) -> None:
    """Store the mail `accounts/email/<name>.html` in the caller's transaction; it leaves after the commit.

    Nothing without an address.
    `origin` is the URL at which users reach this server, such as `https://atrium.example`.
    """
    if (user := context.get("user")) is not None:
        hooks.notice_mailed(user=user, name=name, details=context)
    if to:
        context["site"] = urlsplit(origin).netloc
        compose_mail(f"accounts/email/{name}.html", to=to, context=context).send()


def compose_mail(template: str, *, to: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """Render a template as a mail; a `link` in its context becomes a button.

    Language and time zone are those that the `user` in its context has chosen, else those of the request.
    """
    user = context.get("user")
    language = choose_language(user, get_language()) if user else get_language()
    with translation.override(language), _override_time_zone(user):
        # A header is one line, and names may contain line breaks.
        subject = " ".join(_render_layout(template, "email/_subject.txt", context).split())
        text = re.sub(r"\n{3,}", "\n\n", _render_layout(template, "email/_layout.txt", context)).strip() + "\n"
        message = EmailMultiAlternatives(subject=subject, body=text, to=[to])
        message.attach_alternative(_render_layout(template, "email/_layout.html", context), "text/html")
    return message


def _override_time_zone(user: User | None) -> AbstractContextManager[None]:
    """Return a context in which times are in the user's time zone, if they have chosen one."""
    zone = find_zone(user.time_zone) if user else None
    return timezone.override(zone) if zone else nullcontext()


def _render_layout(template: str, layout: str, context: dict[str, Any]) -> str:
    compiled: Template = get_template(template).template  # type: ignore[attr-defined]
    return compiled.render(Context(context | {"layout": layout}, autoescape=layout.endswith(".html")))
