"""Find addresses in text: with a scheme, after `www.`, or on a common domain. File names and versions are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

# A few times more than a text for humans has. Markup of a link is ten times longer than a short address.
MAX_ADDRESSES = 300

# Endings of domains that are no endings of files (as .io, .rs, .py) and no words after a missing space (as .so, .es).
ENDINGS = "com org net edu gov eu de fr nl uk ch dk jp cn kr tw hk nz"
BEFORE_COUNTRY = "com co org net ac gov edu"
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


def has_host(rest: str) -> bool:
    """Tell whether an address names a host behind its scheme."""
    authority = AUTHORITY.match(rest)
    return bool(authority and any(character.isalnum() for character in authority[0]))


def _read_match(text: str, match: re.Match[str]) -> Address | None:
    start = match.start()
    if match["scheme"]:
        end = _cut_glued_words(text, match.end("scheme"), _cut_end(text, start, match.end()))
        return Address(start, end, "") if has_host(text[match.end("scheme") : end]) else None
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
    return trim_end(text, start, end)


def trim_end(text: str, start: int, end: int) -> int:
    """Return where an address ends before punctuation."""
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
