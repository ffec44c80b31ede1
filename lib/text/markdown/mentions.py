"""Read `@name` in text, never in code, links or addresses. What is read here is what is shown, and who is told."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from lib.text.markdown.addresses import ENDINGS, LETTERS

# The second one is what keyboards for Japanese and Chinese type.
SIGNS = "@\uff20"
# A username, and what may follow it without a space.
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}", re.IGNORECASE)
# After a letter or digit it is an e-mail address; scripts without capitals put no spaces between words. After the other
# characters it is part of an address, a path, a query or code.
NOT_BEFORE = re.compile(rf"[{LETTERS}\u0300-\u036f@\uff20/\\=&%#$+_-]")
# After the name: the letters of a longer one, an address, a package's scope, a server.
NOT_AFTER = re.compile(
    rf"[{LETTERS}\u0300-\u036f]|[{SIGNS}]\w|/[\w.*]|:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{'|'.join(ENDINGS.split())})\b"
)
# Where a name may end before its match does: "@bob.thanks", "@bob...can you", "@bob--please".
INNER_END = re.compile(r"\.+|-{2,}")
# "@mei.bsky.social" and "@mei.com" are names of servers, and no missing space.
LIKE_A_DOMAIN = re.compile(
    rf"[a-z0-9-]+\.(?:[a-z0-9-]+\.)+[a-z]+|[a-z0-9-]+\.(?:{'|'.join(ENDINGS.split())}|io|dev|app|social|example)"
)
# What is polite in Japan, Korea and India.
HONORIFIC = re.compile(r"(?<=[a-z0-9])-(?:san|sama|kun|chan|sensei|senpai|ssi|nim|ji)$")


def read_mention(state: StateInline, silent: bool) -> bool:
    """Read a mention, and note the names it may mean, the longest one first. A rule of markdown-it."""
    start = state.pos
    if state.src[start] not in SIGNS or state.linkLevel or not _may_begin(state, start):
        return False
    match = NAME.match(state.src, start + 1, state.posMax)
    if match is None or NOT_AFTER.match(state.src, match.end(), state.posMax):
        return False
    names = list_candidates(match[0].lower())
    if not names:
        return False
    end = start + 1 + len(names[0])
    if not silent:
        token = state.push("mention", "", 0)
        token.content, token.meta = state.src[start:end], {"names": names}
        state.env["usernames"].update(names)
        state.env["mention_end"] = end
    state.pos = end
    return True


def list_candidates(text: str) -> list[str]:
    """Return the usernames that a text after an @ may mean, the longest one first."""
    name = text.rstrip("._-")
    names = [name] if name else []
    shorter = HONORIFIC.sub("", name)
    if shorter != name:
        names.append(shorter)
    if not LIKE_A_DOMAIN.fullmatch(name):
        ends = [match.start() for match in INNER_END.finditer(name)]
        names += [name[:end].rstrip("._-") for end in reversed(ends)]
    return names


def _may_begin(state: StateInline, start: int) -> bool:
    if start == 0:
        return True
    before = state.src[start - 1]
    # "@ann/@bob" are two, and "_@ann please_" is emphasised.
    if before == "/":
        return bool(state.env.get("mention_end") == start - 1)
    if before in "_-":
        return start == 1 or not (state.src[start - 2].isalnum() or state.src[start - 2] == before == "-")
    return not NOT_BEFORE.match(before)
