"""Buttons, alone and with the form or the dialog that belongs to them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from config.templatetags import ui
from config.templatetags.attributes import attributes_html

register = template.Library()

csrf_token = CsrfTokenNode()


@register.simple_tag
def button(label: str, *, style: str = "", icon: str = "", icon_after: str = "", **attributes: Any) -> SafeString:
    """Draw a button: {% button _("Save") style="primary" %} or {% button _("Go") type="button" data_opens="leave" %}.

    `style` takes any of the variants in button.css: `style="danger-quiet sm"`. The button submits its form unless it
    has another `type`, and is a link where it has a `href`. Other arguments become attributes, `data_opens` being
    `data-opens`.
    """
    inside = conditional_escape(label)
    if icon:
        inside = ui.icon(icon, size="sm") + inside
    if icon_after:
        inside += ui.icon(icon_after, size="sm")
    return _element_html(_css_class(style), attributes, inside)


@register.simple_tag
def icon_button(icon: str, label: str, *, style: str = "", size: str = "", **attributes: Any) -> SafeString:
    """Draw a button without words: {% icon_button "close" _("Close") %}. Its label is read aloud and is its tooltip.

    `size` is the icon's; `title` may say more than the label. The rest is as with `button`, but it is a quiet one.
    """
    attributes["aria_label"] = label
    attributes.setdefault("title", label)
    return _element_html(_css_class(f"{style or 'quiet'} icon"), attributes, ui.icon(icon, size=size))


@register.simple_tag
def menu_item(label: str, *, icon: str, style: str = "", **attributes: Any) -> SafeString:
    """Draw a line of a menu: {% menu_item _("Delete") icon="trash" style="danger" %}. The rest is as with `button`."""
    css = f"menu__item menu__item--{style}" if style else "menu__item"
    return _element_html(css, attributes, ui.icon(icon) + conditional_escape(label))


@register.simple_tag(takes_context=True)
def post_button(context: Context, label: str, view: str, *arguments: Any, **options: Any) -> SafeString:
    """Draw a form that is nothing but its button: {% post_button _("Leave") "chat:leave" room.pk style="danger" %}.

    The view and its arguments are given as to `url`, the rest as to `button`.
    """
    return format_html(
        '<form method="post" action="{}">{}{}</form>',
        *(reverse(view, args=arguments), csrf_token.render(context), button(label, **options)),
    )


@register.simple_block_tag(takes_context=True)
def confirmation(
    context: Context,
    content: str,
    *,
    id: str,  # noqa: A002  what templates call it
    action: str,
    does: str,
    asks: str,
    keeps: str = "",
    gentle: bool = False,
    sets: str = "",
    **attributes: Any,
) -> SafeString:
    """Draw a button that does nothing before its question is answered; the words between the tags say what follows.

    {% confirmation id="end" action=url does=_("End") asks=_("End it?") %}There is no way back.{% endconfirmation %}

    `keeps` is what the way out is called, `sets` names a field to send, `gentle` is for where nothing is lost. Other
    arguments become attributes of the button.
    """
    opener = button(does, style="sm" if gentle else "danger-quiet sm", type="button", data_opens=id, **attributes)
    field = format_html('<input type="hidden" name="{}" value="on">', sets) if sets else ""
    actions = button(keeps or gettext("Cancel"), type="button", data_closes=True)
    actions += button(does, style="primary" if gentle else "danger")
    return opener + _dialog_html(
        id=id,
        title=asks,
        form={"method": "post", "action": action},
        hidden=csrf_token.render(context) + field,
        body=format_html("<p>{}</p>", SafeString(content.strip())),
        actions=actions,
    )


@register.tag
def dialog(parser: Parser, token: Token) -> Node:
    """Compile a dialog: what it says, then its buttons. A button with `data_opens="leave"` shows the one of that id.

    {% dialog id="leave" title=_("Leave the room?") action=url %}…{% actions %}{% button _("Leave") %}{% enddialog %}

    With an `action` its form is posted there, else it only closes. Other arguments become attributes of the form.
    """
    name, *bits = token.split_contents()
    arguments = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{name!r} takes named arguments only: {bits[0]!r}")
    body = parser.parse(("actions",))
    parser.delete_first_token()
    actions = parser.parse(("enddialog",))
    parser.delete_first_token()
    return DialogNode(arguments, body, actions)


class DialogNode(Node):
    child_nodelists = ("body", "actions")

    def __init__(self, arguments: dict[str, FilterExpression], body: NodeList, actions: NodeList) -> None:
        self.arguments = arguments
        self.body = body
        self.actions = actions

    def render(self, context: Context) -> SafeString:
        given = {name: value.resolve(context) for name, value in self.arguments.items()}
        posted = "action" in given
        return _dialog_html(
            id=given.pop("id"),
            title=given.pop("title"),
            form={"method": "post" if posted else "dialog"} | given,
            hidden=csrf_token.render(context) if posted else "",
            body=self.body.render(context),
            actions=self.actions.render(context),
        )


@register.filter
def with_key(name: str, key: object) -> str:
    """Return an id for one of many: `"remove"|with_key:member.pk`."""
    return f"{name}-{key}"


def _dialog_html(
    *,
    id: str,  # noqa: A002
    title: str,
    form: dict[str, Any],
    hidden: str,
    body: str,
    actions: str,
) -> SafeString:
    id = conditional_escape(id)  # noqa: A001
    return SafeString(  # noqa: S308  all of it is escaped
        f'<dialog class="dialog" id="{id}" aria-labelledby="{id}-title">'
        f"<form{attributes_html(form)}>{hidden}"
        f'<div class="dialog__body"><h2 id="{id}-title">{conditional_escape(title)}</h2>{body}</div>'
        f'<div class="dialog__actions">{actions}</div></form></dialog>'
    )


def _element_html(css: str, attributes: dict[str, Any], inside: SafeString) -> SafeString:
    """Return a link where the attributes have a `href`, else a button. As f-strings, since rows have several each."""
    if "class" in attributes:
        css += f" {conditional_escape(attributes.pop('class'))}"
    if "href" in attributes:
        return SafeString(f'<a class="{css}"{attributes_html(attributes)}>{inside}</a>')  # noqa: S308  escaped
    kind = conditional_escape(attributes.pop("type", "submit"))
    return SafeString(  # noqa: S308  escaped
        f'<button class="{css}" type="{kind}"{attributes_html(attributes)}>{inside}</button>'
    )


@cache
def _css_class(style: str) -> str:
    return " ".join(["btn", *(f"btn--{variant}" for variant in style.split())])
