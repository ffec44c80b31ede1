"""Make links of addresses and of `[text](target)`: never by a path on this server, nor by another scheme."""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, link

from lib.text.markdown.addresses import (
    COMMON_HOST,
    ENDINGS,
    LABEL,
    WWW_HOST,
    Address,
    has_host,
    trim_end,
)
from lib.text.markdown.sanitizer import sanitize_html

# Where an author says that it is a link: [text](address).
MORE_ENDINGS = f"{ENDINGS} int info io dev app ai co me tv at be ca cz es fi ie il in it no pt ro ru se sk us au br mx"
# Nothing to be encoded, and nothing for the sanitizer to refuse.
PLAIN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9\-]{0,40}[a-z0-9])?\.){1,5}[a-z]{2,20}(?::\d{1,4})?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=]*)?"
)


def read_address(state: StateInline, silent: bool) -> bool:
    """Make a link of an address, up to a mark that closes one before it. A rule of markdown-it."""
    address = state.env["addresses"].find_at(state.pos)
    if address is None or state.linkLevel:
        return False
    end = min(_cut_at_marks(state, address), state.posMax)
    text = state.src[address.start : end]
    href = build_href(address.scheme + text)
    if not href:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = text
        state.push("link_close", "a", -1)
    state.pos = end
    return True


def read_link(state: StateInline, silent: bool) -> bool:
    """Read `[text](target)`; without a target it is shown as it is. A rule of markdown-it."""
    start, first = state.pos, len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        opening = next(token for token in state.tokens[first:] if token.type == "link_open")
        if not opening.attrs["href"]:
            end = parseLinkLabel(state, start, True)
            for token, text in ((opening, "["), (state.tokens[-1], state.src[end : state.pos])):
                token.type, token.tag, token.nesting, token.content = "text", "", 0, text
    return True


def _cut_at_marks(state: StateInline, address: Address) -> int:
    """Return where an address ends before a mark of one of the kinds that stand open in front of it."""
    open_marks = _find_open_marks(state)
    if not open_marks:
        return address.end
    for match in re.finditer(r"\*+|_+|~~+", state.src[address.start : address.end]):
        mark, after = match[0][0], address.start + match.end()
        inside_word = mark == "_" and state.src[after : after + 1].isalnum()
        if mark in open_marks and match.start() and not inside_word:
            return trim_end(state.src, address.start, address.start + match.start())
    return address.end


def _find_open_marks(state: StateInline) -> set[str]:
    counts: dict[int, int] = {}
    for delimiter in state.delimiters:
        if delimiter.close and counts.get(delimiter.marker):
            counts[delimiter.marker] -= 1
        elif delimiter.open:
            counts[delimiter.marker] = counts.get(delimiter.marker, 0) + 1
    return {chr(marker) for marker, count in counts.items() if count}


def build_href(address: str) -> str:
    """Return the target of a link as browsers want it; an empty text for one that the sanitizer would remove."""
    if PLAIN.fullmatch(address) and "xn--" not in address:
        return address
    href = _normaliser.normalizeLink(address)
    return href if "href" in sanitize_html(f'<a href="{escape(href)}"></a>') else ""


_normaliser = MarkdownIt("zero")


def complete_target(target: str) -> str:
    """Return the target of `[text](target)` with a scheme, or an empty text where it is no address of a page or a mail.

    A path alone would lead to a page of this server.
    """
    target = target.strip()
    lowered = target.lower()
    if lowered.startswith(("http://", "https://")):
        return target if has_host(target.partition("://")[2]) else ""
    if lowered.startswith("//"):
        return f"https:{target}" if has_host(target[2:]) else ""
    if lowered.startswith("mailto:"):
        return target if "@" in target else ""
    host = re.split(r"[/?#:]", target, maxsplit=1)[0]
    if "@" in host:
        return f"mailto:{target}" if _is_target_host(host.partition("@")[2]) else ""
    return f"https://{target}" if _is_target_host(host) else ""


def _is_target_host(host: str) -> bool:
    if WWW_HOST.fullmatch(host) or COMMON_HOST.fullmatch(host):
        return True
    name, dot, ending = host.rpartition(".")
    return bool(dot and ending in MORE_ENDINGS.split() and re.fullmatch(rf"(?:{LABEL}|[.\-])+", name))
