"""Say which HTML a message may have. The renderer writes no other; this holds where it errs."""

from __future__ import annotations

import re

import nh3

from lib.text.markdown.highlighting import CODE_CLASSES

TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "hr", "div",
    "h1", "h2", "h3", "h4", "h5", "h6", "label", "input", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ALIGNMENTS = {"text-align-left", "text-align-center", "text-align-right"}
DIRECTED = ("p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td")
REGION = {"tabindex", "aria-label"}
RELATION = "noopener noreferrer nofollow"

# What a message shows of an organisation's own emoji; no other address, since a picture tells its server who looks.
PICTURE = re.compile(r"/api/v1/emoji/[0-9a-f-]{36}/image")


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("img", "src") or PICTURE.fullmatch(value) else None


def _build_cleaner(*, has_pictures: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS | ({"img"} if has_pictures else set()),
        attributes={
            "a": {"href", "title"},
            "span": {"data-user", "data-broadcast", "data-group", "data-told"},
            "ol": {"start"},
            "pre": {*REGION, "data-language"},
            "div": REGION,
            **({"img": {"src", "alt", "title"}} if has_pictures else {}),
        },
        tag_attribute_values={
            **{tag: {"dir": {"auto"}} for tag in DIRECTED},
            "a": {"target": {"_blank"}, "rel": {RELATION}},
            "pre": {"dir": {"ltr"}, "role": {"group"}},
            "div": {"role": {"group"}},
            "input": {"type": {"checkbox"}, "disabled": {""}, "checked": {""}},
        },
        allowed_classes={
            "span": {"mention", *CODE_CLASSES},
            "p": {"emoji-only"},
            "ol": {"list-paren"},
            "li": {"task-item"},
            "div": {"table-scroll"},
            "th": ALIGNMENTS,
            "td": ALIGNMENTS,
            **({"img": {"emoji"}} if has_pictures else {}),
        },
        attribute_filter=_keep_attribute if has_pictures else None,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


# Built once, when the server starts: a setting that contradicts another is found then.
_cleaner, _picture_cleaner = _build_cleaner(has_pictures=False), _build_cleaner(has_pictures=True)


def sanitize_html(markup: str, *, has_pictures: bool = False) -> str:
    """Remove all tags, attributes and URL schemes that messages may not have; pictures too unless it has emoji."""
    return (_picture_cleaner if has_pictures else _cleaner).clean(markup)
