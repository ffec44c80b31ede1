"""Read blocks of code between fences. Nothing is lost: what stands on the line of the fence is a language, or code."""

from __future__ import annotations

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.fence import fence as commonmark_fence

from lib.text.markdown.blocks import get_line
from lib.text.markdown.highlighting import is_language

FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(.*)", re.DOTALL)
RUN = re.compile(r"`{3,}|~{3,}")
CLOSING = re.compile(r"`{3,}[ \t]*$", re.MULTILINE)
# "rust,ignore", "python:app.py", "js{1,3}", "{.python}": a language with details.
DETAILED = re.compile(r"\{?\.?([A-Za-z0-9+#._-]+?)\}?(?:[,:{(].*)?")


def read_fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a block of code. A rule of markdown-it.

    It may also end at the end of a line of code, and what follows its opening fence is code unless it is a language.
    """
    line = get_line(state, start_line)
    match = FENCE.match(line)
    if match is None or not commonmark_fence(state, start_line, end_line, True):
        return False
    if silent:
        return True
    fence = match[1]
    closing = _find_closing_line(state, start_line, end_line, fence)
    commonmark_fence(state, start_line, end_line if closing is None else closing + 1, False)
    token = state.tokens[-1]
    if closing is not None:
        token.content = f"{token.content.rstrip().rstrip(fence[0])}\n"
    token.info, beside = _split_info(match[2].strip(), token.content)
    token.content = beside + token.content
    # What stands beside a language is as likely a remark as code: it is shown as it is.
    token.meta["plain"] = bool(beside)
    return bool(token.content.strip()) or _undo_fence(state, start_line)


def read_late_fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a block of code whose fence stands behind some text. A rule of markdown-it."""
    line = get_line(state, start_line)
    text, fence, code = line.partition("```")
    if not fence or not text.strip() or "`" in text + code.lstrip("`") or state.is_code_block(start_line):
        return False
    if not _is_closed_later(state, state.eMarks[start_line]):
        return False
    if not silent:
        begin, shift = state.bMarks[start_line], state.tShift[start_line]
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children = text.rstrip(), []
        state.push("paragraph_close", "p", -1)
        state.bMarks[start_line], state.tShift[start_line] = begin + shift + len(text), 0
        if not read_fence(state, start_line, end_line, silent):
            inline.content, state.line = line, start_line + 1
        state.bMarks[start_line], state.tShift[start_line] = begin, shift
    return True


def _is_closed_later(state: StateBlock, position: int) -> bool:
    ends = state.env.get("closings")
    if ends is None:
        ends = state.env["closings"] = [match.start() for match in CLOSING.finditer(state.src)]
    return bool(ends) and ends[-1] > position


def _undo_fence(state: StateBlock, start_line: int) -> bool:
    """Leave a fence around nothing to the rule for paragraphs, which shows it as it was typed."""
    state.tokens.pop()
    state.line = start_line
    return False


def _split_info(info: str, code: str) -> tuple[str, str]:
    """Return the language of a block, and the code that stands beside it on the line of the fence."""
    word, _, rest = info.partition(" ")
    match = DETAILED.fullmatch(word)
    if not word or match is None or not is_language(match[1]):
        return "", f"{info}\n" if info else ""
    if rest.strip():
        return word, f"{rest.strip()}\n"
    # A language without code is all there is to see.
    return (word, "") if code.strip() else ("", f"{word}\n")


def get_language(info: str) -> str:
    """Return the language in the information of a fence, in lower case."""
    match = DETAILED.fullmatch(info)
    return match[1].lower() if match else ""


def _find_closing_line(state: StateBlock, start_line: int, end_line: int, fence: str) -> int | None:
    """Return the line at whose end a block is closed, as in chats; None where a line of its own does that.

    The number of fences after it tells which one it is, since each of them opens or closes a block.
    """
    for number in range(start_line + 1, end_line):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return None
        line = get_line(state, number).rstrip()
        if line.startswith(fence):
            return None
        if line.endswith(fence) and len(RUN.findall(line)) == 1:
            return number if _count_fences_after(state, state.eMarks[number]) % 2 == 0 else None
    return None


def _count_fences_after(state: StateBlock, position: int) -> int:
    starts = state.env.get("fences")
    if starts is None:
        starts = state.env["fences"] = [match.start() for match in RUN.finditer(state.src)]
    return len(starts) - bisect_left(starts, position)
