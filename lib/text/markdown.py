"""Render Markdown to safe HTML, once, when a message is written."""

import html
import re
import threading
from collections.abc import Mapping
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_all_lexers, get_lexer_by_name

# Characters of code that are coloured in one message: for some input, lexers take time that grows with the square of
# its length. These were tried with two thousand of everything that upsets them and took a few hundredths of a second;
# those that are slower get a quarter, and all others none.
MAX_HIGHLIGHTED = 2_000
QUICK = """
    Bash Clojure CSS Dart Diff Docker Elixir Erlang Go GraphQL Haskell HTML HTTP JavaScript JSON Julia Kotlin Lua Nginx
    Perl PHP PowerShell Python Ruby Rust SCSS SQL Swift TOML VimL XML YAML Zig
"""
SLOW = "C C++ C# INI Java Makefile Objective-C S Scala Terraform TSX TypeScript"

# Text without any of these means the same in Markdown as it does plain, so it needs no parser.
NEEDS_PARSER = re.compile(r"[*_`~\[\]<>&#|\\@\n\t]|//|^[-+=]|^\d+[.)]|\.\S")

# Parsing these takes time that grows with the square of their number. A real text has a few dozen; with this many it
# is shown plain, since it is rendered on the thread that stores all messages.
COSTLY = re.compile(r"[*_\[]|//")
MAX_COSTLY = 1500
# So does finding links among text that looks like links.
LIKE_A_LINK = re.compile(r"\w\.\w|//|@\w")
MAX_LIKE_A_LINK = 300

MENTION = re.compile(r"(?<![\w@/.])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)", re.IGNORECASE)

TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "span": {"data-user"}, "ol": {"start"}}
CODE_CLASSES = {
    "k", "kc", "kd", "kn", "kr", "kt", "s", "s1", "s2", "sa", "sd", "se", "si", "c", "c1", "cm", "n", "na", "nb", "nc",
    "nf", "nn", "nt", "nv", "vm", "fm", "o", "ow", "m", "mf", "mh", "mi", "p", "w", "bp", "err",
}  # fmt: skip


def render(content: str, users: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return safe HTML for `content`. `users` maps a lower-case username to (user id, name): those become mentions."""
    if not NEEDS_PARSER.search(content) or len(COSTLY.findall(content)) > MAX_COSTLY:
        return f"<p>{html.escape(content, quote=False)}</p>".replace("\n", "<br>\n")
    parser = _parser if len(LIKE_A_LINK.findall(content)) <= MAX_LIKE_A_LINK else _parser_without_linkify
    _budget.left = MAX_HIGHLIGHTED
    return sanitize_html(parser.render(content, {"users": users or {}}).strip())


def sanitize_html(markup: str) -> str:
    """Remove all tags, attributes and URL schemes that messages may not have."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"span": {"mention", *CODE_CLASSES}, "code": {"highlight"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def find_usernames(content: str) -> set[str]:
    """Return the lower-case names that follow an @, whether or not they are usernames."""
    return {name.lower() for name in MENTION.findall(content)} if "@" in content else set()


def _highlight_code(code: str, language: str, _attributes: str) -> str:
    cost = _load_highlight_costs().get(language.lower())
    if cost is None or cost * len(code) > _budget.left:
        return ""
    _budget.left -= cost * len(code)
    return highlight(code, get_lexer_by_name(language), _formatter)


class _Budget(threading.local):
    """Characters that the message on this thread may still have highlighted."""

    left = 0


_budget = _Budget()


@cache
def _load_highlight_costs() -> dict[str, int]:
    """Return the cost of a character, by each alias of a language that is highlighted."""
    quick, slow = QUICK.lower().split(), SLOW.lower().split()
    return {
        alias: 1 if name.lower() in quick else 4
        for name, aliases, *_ in get_all_lexers(plugins=False)
        if name.lower() in (*quick, *slow)
        for alias in aliases
    }


def _replace_mentions(state: StateCore) -> None:
    """Turn "@name" inside text into a mention, where `users` has the name."""
    users = state.env.get("users")
    if not users:
        return
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [token for child in block.children for token in _split_mentions(child, users)]


def _split_mentions(token: Token, users: Mapping[str, tuple[str, str]]) -> list[Token]:
    if token.type != "text" or "@" not in token.content:
        return [token]
    pieces: list[Token] = []
    at = 0
    for match in MENTION.finditer(token.content):
        user = users.get(match[1].lower())
        if user is None:
            continue
        pieces.append(_build_text_token(token, token.content[at : match.start()]))
        pieces.append(_build_mention_token(token, *user))
        at = match.end()
    return [*pieces, _build_text_token(token, token.content[at:])]


def _build_text_token(token: Token, content: str) -> Token:
    return token.copy(content=content)


def _build_mention_token(token: Token, user_id: str, name: str) -> Token:
    markup = f'<span class="mention" data-user="{user_id}">@{html.escape(name)}</span>'
    return token.copy(type="html_inline", content=markup)


_formatter = HtmlFormatter(nowrap=True)


def _build_parser(*, linkify: bool) -> MarkdownIt:
    """Return a parser; `linkify` makes links of bare addresses, too."""
    rules = ["table", "strikethrough", *(["linkify"] if linkify else [])]
    parser = (
        MarkdownIt("commonmark", {"html": False, "linkify": linkify, "breaks": True, "highlight": _highlight_code})
        .enable(rules)
        .disable(["image", "html_block", "html_inline", "reference"])
    )
    parser.core.ruler.push("mentions", _replace_mentions)
    return parser


_parser, _parser_without_linkify = _build_parser(linkify=True), _build_parser(linkify=False)
