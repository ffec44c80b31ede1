"""Fields and what else forms are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from config.templatetags import ui
from config.templatetags.attributes import attributes_html

register = template.Library()


@register.inclusion_tag("components/_field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    aside: str = "",
    aside_name: str = "",
    strength: bool = False,
    verbatim: bool = False,
    **attrs: Any,
) -> dict[str, Any]:
    """Draw a labelled input with its hint and errors: {% field form.name autocomplete="name" %}.

    `aside` is a link beside the label to the page `aside_name`; `strength` measures a new password; `verbatim` keeps
    browsers from capitals and spelling. Other arguments become attributes of the input.
    """
    if bound.form.errors:
        attrs["autofocus"] = bound.name == next((name for name in bound.form.fields if name in bound.form.errors), "")
    if verbatim:
        attrs = {"autocapitalize": "none", "spellcheck": "false"} | attrs
    parts = {"hint": hint, "strength": strength, "error": bound.errors}
    described_by = " ".join(f"{bound.auto_id}-{part}" for part, is_drawn in parts.items() if is_drawn)
    value = bound.value()
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint,
        "aside": aside,
        "aside_name": aside_name,
        "strength": strength,
        "type": attrs.pop("type", getattr(bound.field.widget, "input_type", "textarea")),
        "value": "" if value is None else value,
        "options": options_html(getattr(bound.field, "choices", ()), value),
        "attributes": attributes_html(_describe_input(bound, described_by) | attrs),
        "error": field_error(bound.errors, id=f"{bound.auto_id}-error"),
    }


def _describe_input(bound: BoundField, described_by: str) -> dict[str, Any]:
    return {
        "required": bound.field.required,
        "aria_invalid": "true" if bound.errors else None,
        "aria_describedby": described_by or None,
        "maxlength": getattr(bound.field, "max_length", None),
    }


@register.simple_tag
def field_error(*errors: Iterable[Any], **attributes: Any) -> SafeString:
    """Draw what is wrong, if anything is, a line each: {% field_error form.theme.errors id="theme-error" %}."""
    words = "<br>".join(conditional_escape(error) for each in errors for error in each)
    if not words:
        return SafeString("")
    return format_html(
        '<p class="field__error"{}>{}<span>{}</span></p>',
        *(attributes_html(attributes), ui.icon("alert", size="sm"), SafeString(words)),
    )


@register.simple_tag
def filter_search(words: str | None, label: str) -> SafeString:
    """Draw the search field of a list: {% filter_search filters.q _("Find a member") %}."""
    return format_html(
        '<div class="input-group">{}<input class="input input--sm" type="search" name="q" value="{}" maxlength="80"'
        ' aria-label="{}" placeholder="{}"></div>',
        *(ui.icon("search"), words or "", label, label),
    )


@register.simple_tag
def filter_select(
    name: str,
    chosen: str | None,
    label: str,
    *,
    any: str = "",
    choices: Iterable[Any] = (),
    **options: str,  # noqa: A002
) -> SafeString:
    """Draw a choice that narrows a list as soon as it is made. `any` is what it says where nothing is chosen.

    {% filter_select "kind" filters.kind _("Kind") any=_("All") human=_("People") agent=_("Agents") %}
    """
    pairs = [*([("", any)] if any else []), *choices, *options.items()]
    return format_html(
        '<select class="input input--sm" name="{}" aria-label="{}" data-submits autocomplete="off">{}</select>',
        *(name, label, options_html(pairs, chosen)),
    )


@register.simple_tag(name="options")
def options_html(choices: Iterable[tuple[Any, Any]], chosen: object) -> SafeString:
    """Draw the options of a select from pairs of value and words: {% options roles member.role %}."""
    selected = SafeString(" selected")
    rows = ((value, selected if str(value) == str(chosen) else "", words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.inclusion_tag("components/_copy_field.html")
def copy_field(id: str, text: str, label: str, style: str = "") -> dict[str, str]:  # noqa: A002
    """Draw a text with a button that copies it: {% copy_field "invite" url _("Invite link") style="primary" %}."""
    return {"id": id, "text": text, "label": label, "style": style}


@register.filter
def absolute_url(path: str, request: HttpRequest) -> str:
    """Return the address to hand on to others: `invitation.url|absolute_url:request`."""
    return request.build_absolute_uri(path)
