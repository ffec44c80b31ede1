"""What templates draw with: icons, avatars, fields. Loaded everywhere, no {% load %} needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from the sprite: {% icon "hash" %}, {% icon "hash" size="sm" %}. Words beside it carry the meaning."""
    modifier = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>', modifier, static("img/icons.svg"), name
    )


@register.simple_tag
@cache
def logo() -> SafeString:
    """Atrium's mark in the accent colour."""
    return format_html('<svg class="logo" aria-hidden="true"><use href="{}#logo"></use></svg>', static("img/icons.svg"))


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A fragment that is the same on every page, rendered once per process: {% fixed "_styles.html" %}."""
    return _rendered.__wrapped__(name) if settings.DEBUG else _rendered(name)


@cache
def _rendered(name: str) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def avatar(user: Any, size: str = "", presence: bool = False) -> SafeString:
    """A person (round, initials on their hue) or an agent (square, a star). `presence=True` adds the dot."""
    sized = f" avatar--{size}" if size else ""
    dot = SafeString("")
    if presence:
        dot = format_html(
            '<span class="presence" data-presence="{}" data-user="{}"></span>', user.current_presence, user.pk
        )
    if user.kind == "agent":
        return format_html(
            '<span class="avatar avatar--agent{}" aria-hidden="true">{}{}</span>', sized, icon("agent"), dot
        )
    return format_html(
        '<span class="avatar{}" data-hue="{}" aria-hidden="true">{}{}</span>', sized, user.hue, user.initials, dot
    )


@register.simple_tag
def org_avatar(organisation: Any, size: str = "") -> SafeString:
    """An organisation: a square with its first letter."""
    sized = f" avatar--{size}" if size else ""
    return format_html(
        '<span class="avatar avatar--org{}" aria-hidden="true">{}</span>', sized, organisation.name[:1].upper()
    )


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """A square for a camera, black on nothing, with the margin a reader needs."""
    import segno  # few pages draw one, and starting is importing

    drawing = segno.make_qr(text, error="m").svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None)
    return SafeString(drawing)  # noqa: S308  of numbers only


@register.filter
def ago(moment: datetime) -> str:
    """How long since, in one unit: `just now`, `5 minutes ago`."""
    if timezone.now() - moment < timedelta(minutes=1):
        return "just now"
    return f"{timesince(moment, depth=1)} ago"


@register.inclusion_tag("_field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    aside: str = "",
    aside_name: str = "",
    strength: bool = False,
    **attrs: Any,
) -> dict[str, Any]:
    """A labelled input with its hint and errors. Other arguments become attributes: autocomplete="name".

    `aside` is a link beside the label to the page `aside_name`; `strength` measures a new password.
    """
    if bound.form.errors:
        attrs["autofocus"] = bound.name == next((name for name in bound.form.fields if name in bound.form.errors), "")
    parts = {"hint": hint, "strength": strength, "error": bound.errors}
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint,
        "aside": aside,
        "aside_name": aside_name,
        "strength": strength,
        "type": attrs.pop("type", getattr(bound.field.widget, "input_type", "textarea")),
        "described_by": " ".join(f"{bound.auto_id}-{part}" for part, present in parts.items() if present),
        "attrs": {"maxlength": getattr(bound.field, "max_length", None)} | attrs,
    }
