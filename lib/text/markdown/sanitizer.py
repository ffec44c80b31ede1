"""Say which HTML a message may have. The renderer writes no other; this holds where it errs."""

from __future__ import annotations

import nh3

from lib.text.markdown.highlighting import CODE_CLASSES

TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "hr", "div",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ALIGNMENTS = {"text-align-left", "text-align-center", "text-align-right"}
DIRECTED = ("p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td")
REGION = {"tabindex", "aria-label"}
RELATION = "noopener noreferrer nofollow"

# Built once, when the server starts: a setting that contradicts another is found then.
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "a": {"href", "title"},
        "span": {"data-user", "data-broadcast", "data-group"},
        "ol": {"start"},
        "pre": {*REGION, "data-language"},
        "div": REGION,
    },
    tag_attribute_values={
        **{tag: {"dir": {"auto"}} for tag in DIRECTED},
        "a": {"target": {"_blank"}, "rel": {RELATION}},
        "pre": {"dir": {"ltr"}, "role": {"group"}},
        "div": {"role": {"group"}},
    },
    allowed_classes={
        "span": {"mention", *CODE_CLASSES},
        "p": {"emoji-only"},
        "ol": {"list-paren"},
        "div": {"table-scroll"},
        "th": ALIGNMENTS,
        "td": ALIGNMENTS,
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def sanitize_html(markup: str) -> str:
    """Remove all tags, attributes and URL schemes that messages may not have."""
    return _cleaner.clean(markup)
