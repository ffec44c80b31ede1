"""Put the parser together: CommonMark without HTML and pictures, with tables and strikethrough, and our own rules."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lib.text.markdown.addresses import MAX_ADDRESSES, find_addresses
from lib.text.markdown.blocks import read_heading, read_list, read_number_break, read_paragraph, read_quote
from lib.text.markdown.emoji import NAME, read_emoji
from lib.text.markdown.fences import read_fence, read_late_fence
from lib.text.markdown.links import build_href, complete_target, read_address, read_link
from lib.text.markdown.mentions import read_mention
from lib.text.markdown.renderer import Renderer
from lib.text.markdown.tables import read_table
from lib.text.markdown.task_lists import add_task_boxes, read_task_boxes

# Levels of brackets and emphasis in a line; of blocks there are fewer (blocks.MAX_LEVEL).
MAX_NESTING = 60

# Characters at which an inline rule may begin. Between them all is text.
INLINE = re.compile(f"[\n&*<\\[\\]\\\\_`~@\uff20]|{NAME}")
# Parsing these takes time that grows with the square of their number. A real text has a few dozen, outside of code.
COSTLY = re.compile(r"[*_\[~]")
MAX_COSTLY = 1500
BACKTICKS = re.compile("`+")

PARENTS = ["paragraph", "reference", "blockquote", "list"]


def build_parser() -> MarkdownIt:
    """Return the parser of messages."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False}, renderer_cls=Renderer)
    parser.options["maxNesting"] = MAX_NESTING
    parser.enable(["table", "strikethrough"])
    parser.disable(["image", "html_block", "html_inline", "reference", "lheading"])
    block = parser.block.ruler
    block.at("table", read_table, {"alt": ["paragraph", "reference"]})
    block.at("fence", read_fence, {"alt": PARENTS})
    block.at("blockquote", read_quote, {"alt": PARENTS})
    block.at("list", read_list, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("heading", read_heading, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("paragraph", read_paragraph)
    block.before("paragraph", "late_fence", read_late_fence, {"alt": ["paragraph"]})
    block.push("number_break", read_number_break, {"alt": ["list"]})
    parser.inline.ruler.at("text", _read_text)
    parser.inline.ruler.after("text", "address", read_address)
    parser.inline.ruler.after("address", "mention", read_mention)
    parser.inline.ruler.after("mention", "emoji", read_emoji)
    parser.inline.ruler.at("link", read_link)
    parser.inline.ruler.before("emphasis", "product", _read_product)
    parser.core.ruler.at("inline", _parse_inline)
    parser.core.ruler.before("inline", "task_boxes", read_task_boxes)
    parser.core.ruler.push("task_labels", add_task_boxes)
    parser.core.ruler.push("attributes", _set_attributes)
    parser.normalizeLink = _normalize_link  # type: ignore[method-assign, assignment]
    parser.validateLink = bool  # type: ignore[method-assign, assignment]
    return parser


def _normalize_link(target: str) -> str:
    """Return the target of a link as browsers want it, or an empty text: what has no target is not made a link."""
    target = complete_target(target)
    return build_href(target) if target else ""


def _read_text(state: StateInline, silent: bool) -> bool:
    """Read text up to the next character at which a rule may begin, or to the next address. A rule of markdown-it."""
    start, addresses = state.pos, state.env["addresses"]
    match = INLINE.search(state.src, start, state.posMax)
    end = match.start() if match else state.posMax
    if addresses:
        if addresses.find_at(start) and not state.linkLevel:
            return False
        end = addresses.find_next_start(start + 1, end)
    if end == start:
        return False
    if not silent:
        state.append_pending(state.src[start:end])
    state.pos = end
    return True


def _read_product(state: StateInline, silent: bool) -> bool:
    """Read the star of `2*3*4` as it was typed. A rule of markdown-it."""
    start = state.pos
    if state.src[start] != "*" or not start or not state.src[start - 1].isdigit():
        return False
    if not state.src[start + 1 : start + 2].isdigit():
        return False
    if not silent:
        state.append_pending("*")
    state.pos = start + 1
    return True


def _parse_inline(state: StateCore) -> None:
    """Parse the text of blocks, as long as it does not cost too much. A rule of markdown-it."""
    left, addresses = MAX_COSTLY, MAX_ADDRESSES
    for token in state.tokens:
        if token.type != "inline":
            continue
        found = find_addresses(token.content, addresses)
        if not found and not INLINE.search(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
            continue
        left -= _count_costly(token.content, left)
        if left < 0:
            token.children = _build_plain_tokens(token.content)
            continue
        addresses -= len(found)
        state.env["addresses"] = found
        state.env.pop("mention_end", None)
        state.env.pop("emoji_end", None)
        token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _count_costly(text: str, limit: int) -> int:
    count = len(COSTLY.findall(text))
    return count if count <= limit or "`" not in text else len(COSTLY.findall(_remove_code(text)))


def _remove_code(text: str) -> str:
    """Return a text without its code spans, in time proportional to its length."""
    runs = [(match.start(), match.end()) for match in BACKTICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in reversed(range(len(runs))):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts, at, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same:
            parts.append(text[at:start])
            index = same.pop()
            at = runs[index][1]
        index += 1
    return "".join([*parts, text[at:]])


def _build_plain_tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for line in text.split("\n"):
        tokens += [Token("text", "", 0, content=line), Token("softbreak", "br", 0)]
    return tokens[:-1]


def _set_attributes(state: StateCore) -> None:
    """Let each block take its own direction, a list as one, for its numbers stand beside it; these look as typed."""
    depth = 0
    for token in state.tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if not depth:
                token.attrs["dir"] = "auto"
            if token.markup == ")":
                token.attrs["class"] = "list-paren"
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("th_open", "td_open") or (not depth and token.type in ("paragraph_open", "heading_open")):
            token.attrs["dir"] = "auto"
