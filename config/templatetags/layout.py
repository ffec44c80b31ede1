"""Parts that pages are made of."""

from __future__ import annotations

import re
from typing import Any, cast

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, TextNode, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.templatetags import ui

register = template.Library()

LINE_BREAK = re.compile(r"\s*\n\s*")


@register.simple_block_tag
def page_intro(content: str, title: str) -> SafeString:
    """Draw the title of a page and a sentence under it: {% page_intro _("Users") %}All of them.{% endpage_intro %}."""
    return format_html('<div class="page__intro"><div><h1>{}</h1>{}</div></div>', title, _wrap_in_paragraph(content))


@register.simple_block_tag
def card_head(content: str, title: str, id: str) -> SafeString:  # noqa: A002  what templates call it
    """Draw the title of a card and a sentence under it: {% card_head _("Name") id="name" %}…{% endcard_head %}.

    The card is `aria-labelledby` this id.
    """
    return format_html(
        '<div class="card__head"><div><h2 id="{}">{}</h2>{}</div></div>', id, title, _wrap_in_paragraph(content)
    )


@register.simple_block_tag
def empty_state(content: str, title: str, icon: str) -> SafeString:
    """Draw what is shown in place of a list that has nothing in it.

    {% empty_state _("Nothing saved yet") icon="bookmark" %}<p>What to do about it.</p>{% endempty_state %}
    """
    return format_html(
        '<div class="empty">{}<h2>{}</h2>{}</div>', ui.icon(icon, size="lg"), title, SafeString(content.strip())
    )


@register.simple_tag
def nav_link(
    label: str, view: str, *arguments: Any, icon: str, here: str = "", style: str = "", count: int = 0
) -> SafeString:
    """Draw a link to a page of a menu: {% nav_link _("Users") "accounts:users" icon="users" here=section %}.

    It is marked where `here` names its view, without the app. `count` is what is unread there, 0 shows nothing.
    """
    style = style or ("unread" if count else "")
    return format_html(
        '<a class="{}" href="{}"{}>{}<span class="truncate">{}</span>{}</a>',
        f"nav-link nav-link--{style}" if style else "nav-link",
        reverse(view, args=arguments),
        SafeString(' aria-current="page"') if view.rpartition(":")[2] == here else "",
        ui.icon(icon),
        label,
        format_html('<span class="count">{}</span>', ui.capped(count)) if count else "",
    )


def _wrap_in_paragraph(content: str) -> SafeString:
    return format_html("<p>{}</p>", SafeString(content.strip()))


@register.tag
def oneline(parser: Parser, token: Token) -> Node:
    """Compile what stands on several lines as a single one: {% oneline %}…{% endoneline %}.

    For inline elements, between which a line break would show as a space, and for fragments that are sent often.
    Between elements a line break goes with its indentation; within `<…>` it becomes a space. This happens once, when a
    template is compiled, and leaves alone what variables hold; Django's `spaceless` goes over every rendering.
    """
    nodes = parser.parse(("endoneline",))
    parser.delete_first_token()
    within_element = False
    for text in cast("list[TextNode]", nodes.get_nodes_by_type(TextNode)):
        text.s, within_element = _join_lines(text.s, within_element)
    return OneLineNode(nodes)


class OneLineNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


def _join_lines(text: str, within_element: bool) -> tuple[str, bool]:
    """Return the text on one line, and whether it ends within `<…>`, where the next text goes on."""
    joined = ""
    for part in re.split("([<>])", text):
        if part in "<>" and part:
            within_element = part == "<"
        joined += LINE_BREAK.sub(" " if within_element else "", part)
    return joined, within_element
