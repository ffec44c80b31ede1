"""Find addresses in text: with a scheme, after `www.`, or on a common domain. File names and versions are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, link

from lib.text.markdown.sanitizer import sanitize_html

# A few times more than a text for humans has. Markup of a link is ten times longer than a short address.
MAX_ADDRESSES = 300

# Endings of domains that are no endings of files (as .io, .rs, .py) and no words after a missing space (as .so, .es).
ENDINGS = "com org net edu gov eu de fr nl uk ch dk jp cn kr tw hk nz"
BEFORE_COUNTRY = "com co org net ac gov edu"
# Where an author says that it is a link: [text](address).
MORE_ENDINGS = f"{ENDINGS} int info io dev app ai co me tv at be ca cz es fi ie il in it no pt ro ru se sk us au br mx"

_ending = rf"(?:{'|'.join(ENDINGS.split())}|(?:{'|'.join(BEFORE_COUNTRY.split())})\.[a-z]{{2}})"
# Text without this holds no address, at no cost.
LIKE_AN_ADDRESS = re.compile(rf"://|[wW]{{3}}\.|\.{_ending}(?![a-z0-9])")

# Full-width and other punctuation beyond ASCII ends an address: no one types it into one.
PUNCTUATION = (
    "\u00a1\u00a7\u00ab\u00b6\u00bb\u00bf\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4"
    "\u0609\u060a\u060c\u060d\u061b\u061d-\u061f\u066a-\u066d\u06d4\u0700-\u070d\u0964\u0965\u0970\u0df4\u0e4f\u0e5a"
    "\u0e5b\u0f04-\u0f12\u0f14\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166e\u169b\u169c\u16eb-\u16ed"
    "\u17d4-\u17d6\u17d8-\u17da\u1800-\u180a\u2010-\u2027\u2030-\u203e\u2041-\u2043\u2045-\u2051\u2053-\u205e\u207d"
    "\u207e\u208d\u208e\u2308-\u230b\u2329\u232a\u2768-\u2775\u27c5\u27c6\u27e6-\u27ef\u2983-\u2998\u29d8-\u29db"
    "\u29fc\u29fd\u2cf9-\u2cfc\u2e00-\u2e2e\u2e30-\u2e5d\u3001-\u3003\u3008-\u3011\u3014-\u301f\u3030\u303d\u30a0"
    "\u30fb\ua4fe\ua4ff\ua60d-\ua60f\ufd3e\ufd3f\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    "\uff5b-\uff65"
)
# Invisible characters but for the two that words of some scripts need.
UNSEEN = "\x00-\x20\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
REST = rf"[^{UNSEEN}{PUNCTUATION}<>\"`|\\^]"

# Letters of scripts that write addresses or have capitals; those of others may touch an address.
LETTERS = "A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
LABEL = "[A-Za-z0-9\u00c0-\u024f]"
# In "ftp://files.example.com", "mid:960@example.org", "a=b.com" and "x@y.com" the last part is no address by itself.
ALONE = rf"(?<![{LETTERS}@.:/=+%\\\-])(?<![{LETTERS}]_)"

ADDRESS = re.compile(
    rf"(?P<scheme>(?<![{LETTERS}])(?<![A-Za-z0-9][+.\-])https?://)(?=[\w\[]){REST}+"
    rf"|(?P<www>{ALONE}www\.)(?=\w){REST}+"
    rf"|(?P<mail>{ALONE}(?:mailto:)?(?P<local>[A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}})@{LABEL}(?:{LABEL}|[.\-])*)"
    rf"|(?P<host>{ALONE}{LABEL}(?:{LABEL}|[.\-])*)(?P<path>(?::\d{{2,5}})?(?:[/?#]{REST}*)?)",
    re.IGNORECASE,
)
_labels = rf"(?:{LABEL}(?:(?:{LABEL}|-)*{LABEL})?\.)+"
COMMON_HOST = re.compile(_labels + _ending)
WWW_HOST = re.compile(rf"www\.{_labels}[a-z\u00df-\u024f]{{2,24}}", re.IGNORECASE)
AUTHORITY = re.compile(r"[^/?#]*")
# After one of these a host is part of something else: a name, a path of scp, a call.
GOES_ON = re.compile(rf"_*[{LETTERS}@(=\[]")
SCP = re.compile(r":[^\s:]")
NON_ASCII = re.compile(r"[^\x00-\x7f]")
TRAILING = ".,:;!?'([{"
PAIRS = {")": "(", "]": "[", "}": "{"}
# Nothing to be encoded, and nothing for the sanitizer to refuse.
PLAIN = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9\-]{0,40}[a-z0-9])?\.){1,5}[a-z]{2,20}(?::\d{1,4})?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=]*)?"
)


class Address(NamedTuple):
    """Where an address stands in a text, and where it leads."""

    start: int
    end: int
    scheme: str


class Addresses:
    """The addresses of a text, in order."""

    def __init__(self, found: list[Address]) -> None:
        self._starts = [address.start for address in found]
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def find_at(self, position: int) -> Address | None:
        """Return the address that begins at a position."""
        index = bisect_left(self._starts, position)
        found = index < len(self._starts) and self._starts[index] == position
        return self._found[index] if found else None

    def find_next_start(self, position: int, limit: int) -> int:
        """Return where the next address from a position on begins, at most `limit`."""
        index = bisect_left(self._starts, position)
        return min(self._starts[index], limit) if index < len(self._starts) else limit


NO_ADDRESSES = Addresses([])


def find_addresses(text: str, limit: int = MAX_ADDRESSES) -> Addresses:
    """Return the addresses of a text, at most `limit`, in time proportional to its length."""
    if not LIKE_AN_ADDRESS.search(text):
        return NO_ADDRESSES
    found: list[Address] = []
    at = 0
    while len(found) < limit and (match := ADDRESS.search(text, at)):
        address = _read_match(text, match)
        if address:
            found.append(address)
        at = max(address.end if address else match.end("host"), match.end("scheme"), match.start() + 1)
    return Addresses(found)


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
        return target if _has_host(target.partition("://")[2]) else ""
    if lowered.startswith("//"):
        return f"https:{target}" if _has_host(target[2:]) else ""
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


def _has_host(rest: str) -> bool:
    authority = AUTHORITY.match(rest)
    return bool(authority and any(character.isalnum() for character in authority[0]))


def _read_match(text: str, match: re.Match[str]) -> Address | None:
    start = match.start()
    if match["scheme"]:
        end = _cut_glued_words(text, match.end("scheme"), _cut_end(text, start, match.end()))
        return Address(start, end, "") if _has_host(text[match.end("scheme") : end]) else None
    if match["www"]:
        host = WWW_HOST.match(text, start)
        end = _cut_end(text, start, match.end())
        if not host or GOES_ON.match(text, host.end()):
            return None
        end = end if text[host.end() : host.end() + 1] in ("/", "?", "#", ":") else host.end()
        return Address(start, max(end, host.end()), "https://")
    if match["mail"]:
        return _read_mail(text, match)
    return _read_host(text, match)


def _read_mail(text: str, match: re.Match[str]) -> Address | None:
    end = len(text[: match.end()].rstrip(".-"))
    host = text[match.end("local") + 1 : end]
    if not COMMON_HOST.fullmatch(host) or GOES_ON.match(text, end) or SCP.match(text, end):
        return None
    return Address(match.start(), end, "" if match["mail"][:7].lower() == "mailto:" else "mailto:")


def _read_host(text: str, match: re.Match[str]) -> Address | None:
    host = match["host"].rstrip(".-")
    if not COMMON_HOST.fullmatch(host):
        return None
    if len(host) < len(match["host"]):
        return Address(match.start(), match.start() + len(host), "https://")
    end = match.end()
    if not match["path"] and GOES_ON.match(text, end):
        return None
    return Address(match.start(), _cut_end(text, match.start(), end), "https://")


def _cut_end(text: str, start: int, end: int) -> int:
    """Return where an address ends before a bracket that it has not opened, and before punctuation."""
    opened: list[str] = []
    for at in range(start, end):
        character = text[at]
        if character in "([{":
            opened.append(character)
        elif character in PAIRS and (not opened or opened.pop() != PAIRS[character]):
            end = at
            break
    return _trim_end(text, start, end)


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return end


def _cut_glued_words(text: str, start: int, end: int) -> int:
    """Return where an address ends in `https://example.com次の`: the last part of a host is of one script."""
    authority = AUTHORITY.match(text, start, end)
    if authority is None or authority.end() != end:
        return end
    last = text.rfind(".", start, end) + 1
    if last <= start or not text[last : last + 1].isascii():
        return end
    foreign = NON_ASCII.search(text, last, end)
    return foreign.start() if foreign else end


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
            return _trim_end(state.src, address.start, address.start + match.start())
    return address.end


def _find_open_marks(state: StateInline) -> set[str]:
    counts: dict[int, int] = {}
    for delimiter in state.delimiters:
        if delimiter.close and counts.get(delimiter.marker):
            counts[delimiter.marker] -= 1
        elif delimiter.open:
            counts[delimiter.marker] = counts.get(delimiter.marker, 0) + 1
    return {chr(marker) for marker, count in counts.items() if count}
