"""Change what a user is told of, how and when, and what an organisation suggests to its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_updated
from accounts.models import User
from accounts.permissions import require_admin_membership
from lib.db.transactions import after_commit
from lib.text.names import clean_line
from lib.text.search_text import build_search_term
from lib.text.time_zones import list_valid_zones
from notifications import places
from notifications.models import NotificationDefaults, NotificationKeyword, NotificationSettings
from notifications.preferences import events
from notifications.preferences.grid import merge_choices
from notifications.preferences.quiet_hours import Week
from notifications.preferences.silence import Silence, bringing_forward, silence_notifications

MAX_KEYWORDS = 50
MAX_KEYWORD = 60

# Functions that are called, with the user, where it changes when their mail is due.
pace_listeners: list[str] = ["notifications.mail.queueing.reschedule_mail"]
ChoiceChanges = Mapping[str, Mapping[str, bool | None] | None]


@transaction.atomic
def change_settings(
    *,
    actor: User,
    choices: ChoiceChanges | None = None,
    keywords: Sequence[str] | None = None,
    quiet_hours: Week | None = None,
    silence: Silence | None = None,
    **fields: str,
) -> NotificationSettings:
    """Change what is given of the actor's settings, all or none. Further fields: mail_pace, time_zone.

    Choices merge, one that is None follows the suggestions again; keywords and quiet hours are replaced. What was held
    for the end of a silence that ends earlier now is brought forward. Raise ValidationError, with the path to what is
    wrong.
    """
    may_end_silence = silence is not None or quiet_hours is not None or "time_zone" in fields
    with bringing_forward(actor) if may_end_silence else nullcontext():
        if silence is not None:
            silence_notifications(actor=actor, until=silence.until)
        settings = _store_settings(actor, choices, quiet_hours, fields)
    if keywords is not None:
        _replace_keywords(actor, keywords)
    after_commit(events.settings_changed, actor)
    return settings


def _store_settings(
    actor: User, choices: ChoiceChanges | None, quiet_hours: Week | None, fields: Mapping[str, str]
) -> NotificationSettings:
    """Store what differs of the actor's settings, and tell who works with it."""
    settings: NotificationSettings
    settings, _created = NotificationSettings.objects.select_for_update().get_or_create(user=actor)
    changes: dict[str, Any] = dict(fields)
    if fields.get("time_zone") and fields["time_zone"] not in list_valid_zones():
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    if choices is not None:
        changes["choices"] = merge_choices(settings.choices, choices)
    if quiet_hours is not None:
        changes["quiet_hours"] = [list(span) if span else None for span in quiet_hours] if any(quiet_hours) else []
    changed = {name: value for name, value in changes.items() if getattr(settings, name) != value}
    for name, value in changed.items():
        setattr(settings, name, value)
    settings.clean_fields(exclude=("user",))
    if changed:
        settings.save(update_fields=[*changed, "updated_at"])
    if "choices" in changed:
        places.listening_changed(user_id=actor.pk)
    if "mail_pace" in changed:
        for path in pace_listeners:
            import_string(path)(user=actor)
    return settings


@transaction.atomic
def change_defaults(
    *, actor: User, slug: str, choices: ChoiceChanges | None = None, **fields: Any
) -> NotificationDefaults:
    """Change what an organisation suggests to its members. Further fields: mail_pace, mail_content.

    Raise DoesNotExist for strangers, PermissionDenied for all but owners and administrators.
    """
    organisation = require_admin_membership(actor, slug).organisation
    defaults: NotificationDefaults
    defaults, _created = NotificationDefaults.objects.select_for_update().get_or_create(organisation=organisation)
    changes = dict(fields)
    if choices is not None:
        changes["choices"] = merge_choices(defaults.choices, choices)
    changed = {name: (getattr(defaults, name), value) for name, value in changes.items()}
    changed = {name: (was, now) for name, (was, now) in changed.items() if was != now}
    for name, (_was, now) in changed.items():
        setattr(defaults, name, now)
    defaults.clean_fields(exclude=("organisation",))
    if changed:
        defaults.save(update_fields=[*changed, "updated_at"])
        if "choices" in changed:
            places.listening_changed(organisation_id=organisation.pk)
        record_updated(actor, defaults, organisation=organisation, **changed)
    return defaults


def _replace_keywords(actor: User, keywords: Sequence[str]) -> None:
    """Store a user's keywords, those that are spelt alike once, and tell the places if anything is new."""
    terms = _clean_keywords(keywords)
    own = NotificationKeyword.objects.filter(user=actor)
    former = dict(own.values_list("term", "text"))
    if former == terms:
        return
    own.delete()
    NotificationKeyword.objects.bulk_create(
        NotificationKeyword(user=actor, term=term, text=text) for term, text in terms.items()
    )
    places.listening_changed(user_id=actor.pk)


def _clean_keywords(keywords: Sequence[str]) -> dict[str, str]:
    """Return texts by the terms that they are found by. Raise ValidationError with the number of one that is none."""
    terms: dict[str, str] = {}
    for number, keyword in enumerate(keywords):
        text = clean_line(keyword, field=f"keywords.{number}")
        if not text:
            continue
        if len(text) > MAX_KEYWORD:
            error = format_lazy(_("At most {count} characters."), count=MAX_KEYWORD)
            raise ValidationError({f"keywords.{number}": error})
        term = build_search_term(text)
        if not any(character.isalnum() for character in term):
            raise ValidationError({f"keywords.{number}": _("A keyword has a letter or a digit.")})
        terms.setdefault(term, text)
    if len(terms) > MAX_KEYWORDS:
        raise ValidationError({"keywords": format_lazy(_("At most {count} keywords."), count=MAX_KEYWORDS)})
    return terms
