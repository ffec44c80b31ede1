"""Icons, avatars, presence and status. Loaded everywhere, no {% load %} needed."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from accounts.models import User
from accounts.profiles.services.profile import get_enter_key
from config.templatetags.attributes import attributes_html
from lib.text.lists import join_words
from lib.text.markdown.highlighting import list_languages
from lib.web.cached_fragment import cached_fragment

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite, without a text of its own: {% icon "hash" %}, {% icon "hash" size="sm" %}."""
    modifier = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>', modifier, static("img/icons.svg"), name
    )


@register.simple_tag
def provider_icon(provider: Any) -> SafeString:
    """Draw the icon of a provider of linked accounts: {% provider_icon provider %}."""
    return icon("google" if provider.id == "google" else "globe", size="sm")


@register.simple_tag
@cache
def logo() -> SafeString:
    """Draw Atrium's logo in the accent colour."""
    return format_html('<svg class="logo" aria-hidden="true"><use href="{}#logo"></use></svg>', static("img/icons.svg"))


# {{ names|listed }}
register.filter("listed", join_words)

# A fragment that is the same on every page is rendered once per process and language: {% fixed "_styles.html" %}.
register.simple_tag(cached_fragment, name="fixed")


@register.simple_tag
def code_languages() -> list[tuple[str, str]]:
    """Return short and full name of the languages in which code is coloured: {% code_languages as languages %}."""
    return list_languages()


@register.simple_tag
def page_language() -> str:
    """Return the language of the page as browsers and `User.language` name it: `en`, `de`."""
    return get_language().partition("-")[0]


@register.simple_tag
def reader_attributes(user: Any) -> SafeString:
    """Return who a reader is, and the settings they have chosen: <html{% reader_attributes user %}>."""
    if not getattr(user, "is_authenticated", False):  # error pages are rendered without a user
        return SafeString("")
    theme = {"data_theme_choice": user.theme, "data_theme": user.theme if user.theme != "system" else None}
    keys = {"data_time_zone": user.time_zone or None, "data_enter_key": get_enter_key(user) or None}
    return attributes_html(theme | keys | {"data_user": user.pk})


PRESENCES = {
    User.Presence.ONLINE: gettext_lazy("online"),
    User.Presence.AWAY: gettext_lazy("away"),
    User.Presence.BUSY: gettext_lazy("busy"),
    User.Presence.OFFLINE: gettext_lazy("offline"),
}


@register.filter
def in_words(presence: str) -> str:
    """Return the word beside the dot of a presence: {{ user.current_presence|in_words }}."""
    return str(PRESENCES[User.Presence(presence)])


@register.filter
def mid_sentence(noun: str) -> str:
    """Return a noun as it stands within a sentence: in lower case, except in German."""
    return noun if page_language() == "de" else noun.lower()


@register.simple_tag
def avatar(user: Any, size: str = "", presence: bool = False, picture: bool = True) -> SafeString:
    """Draw a human (round, initials on their hue) or an agent (square, a star), and their picture over it.

    `presence=True` adds the dot. `picture=False` is for readers who may not see pictures here.
    """
    sized = f" avatar--{size}" if size else ""
    over = _draw_picture(user.avatar_url if picture else None)
    if presence:
        over += format_html(
            '<span class="presence" data-presence="{}" data-user="{}"></span>', user.current_presence, user.pk
        )
    if user.kind == "agent":
        return format_html(
            '<span class="avatar avatar--agent{}" data-avatar="{}" aria-hidden="true">{}{}</span>',
            *(sized, user.pk, icon("agent"), over),
        )
    return format_html(
        '<span class="avatar{}" data-avatar="{}" data-hue="{}" aria-hidden="true">{}{}</span>',
        *(sized, user.pk, user.hue, user.initials, over),
    )


@register.simple_tag
def room_icon(room: Any, size: str = "") -> SafeString:
    """Draw what stands before the name of a channel or group: its picture, its emoji, or the sign of its kind.

    The sign is always there, hidden by the others: scripts add and remove these.
    """
    shown = SafeString("")
    if room.picture_url:
        picture = '<img class="room-icon__picture" src="{}" alt="" width="256" height="256" loading="lazy">'
        shown = format_html(picture, room.picture_url)
    elif room.emoji:
        shown = format_html('<span class="room-icon__emoji">{}</span>', room.emoji)
    sign = icon("hash" if room.kind == "channel" else "lock", size=size)
    return format_html('<span class="room-icon" aria-hidden="true">{}{}</span>', sign, shown)


def _draw_picture(url: str | None) -> SafeString:
    """Draw a picture without a text: the name stands beside it. Initials show until it has loaded."""
    if not url:
        return SafeString("")
    return format_html('<img class="avatar__picture" src="{}" alt="" width="256" height="256" loading="lazy">', url)


@register.simple_tag
def status(user: Any) -> SafeString:
    """Draw the status of a user: an emoji beside their name, with its text as a tooltip. Scripts update it."""
    now = user.current_status
    if now is None:
        return format_html('<span class="status" data-status="{}" hidden></span>', user.pk)
    return format_html(
        '<span class="status" data-status="{}" title="{}"{}>{}<span class="visually-hidden"> {}</span></span>',
        *(user.pk, now.text, _format_expiry(now.expires_at), now.emoji, now.text),
    )


def _format_expiry(expires_at: datetime | None) -> SafeString:
    if expires_at is None:
        return SafeString("")
    return format_html(' data-expires="{}"', expires_at.isoformat())


@register.filter
def capped(number: int) -> str:
    """Return a number for a badge, `99+` from a hundred on."""
    return "99+" if number > 99 else str(number)


@register.simple_tag
def count(number: int, words: str, css: str = "") -> SafeString:
    """Draw how many wait for the reader, with words that are only read aloud: {% count line.badge _("for you:") %}."""
    return format_html(
        '<span class="{}"><span class="visually-hidden">{} </span>{}</span>',
        f"count {css}".rstrip(),
        words,
        capped(number),
    )


@register.simple_tag
def org_avatar(organisation: Any, size: str = "") -> SafeString:
    """Draw an organisation: a square with its first letter."""
    sized = f" avatar--{size}" if size else ""
    return format_html(
        '<span class="avatar avatar--org{}" aria-hidden="true">{}</span>', sized, organisation.name[:1].upper()
    )


@register.simple_tag
def project_icon(project: Any, size: str = "") -> SafeString:
    """Draw a project: a square of its colour with the first letter of its name, or its picture over it."""
    sized = f" project-icon--{size}" if size else ""
    return format_html(
        '<span class="project-icon{}" data-color="{}" aria-hidden="true">{}{}</span>',
        *(sized, project.color, project.name[:1].upper(), _draw_picture(project.picture_url)),
    )


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """Draw a QR code, black without a background, with the margin of four modules that ISO/IEC 18004 asks for."""
    import segno  # few pages draw one, and starting is importing

    drawing = segno.make_qr(text, error="m").svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None)
    return SafeString(drawing)  # noqa: S308  of numbers only
