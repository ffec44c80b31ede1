"""Write what has no field of its own into the description of a task: check lists, links, comments."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from django.utils.translation import gettext as _

from chat.commands.markdown import escape_markdown
from chat.imports.notes import Notes
from tasks.imports.source import SourceComment, SourceItem, SourceTask
from tasks.imports.values import clean_text
from tasks.models import MAX_DESCRIPTION

SAFE_IN_URL = ":/?#[]@!$&()*+,;=%~-._"
# More lines than a person ticks.
MAX_ITEMS = 500


def write_description(task: SourceTask, notes: Notes, *, full_title: str = "") -> str:
    """Return a Markdown description with all that fits; what does not is noted."""
    text = clean_text(f"{full_title}\n\n{task.description}").strip()
    if len(text) > MAX_DESCRIPTION:
        notes.add("description_cut", task.title)
        text = f"{text[: MAX_DESCRIPTION - 1]}…"
    for code, block in _list_blocks(task):
        longer = f"{text}\n\n{block}" if text else block
        if len(longer) > MAX_DESCRIPTION:
            notes.add(code, task.title)
        else:
            text = longer
    return text


def _list_blocks(task: SourceTask) -> Iterator[tuple[str, str]]:
    """Yield the parts of a description in their order, each with what is noted where there is no room for it."""
    for name, items in task.checklists:
        head = f"**{escape_markdown(clean_text(name))}**\n\n" if name.strip() else ""
        yield "checklist_left_out", head + "\n".join(_write_item(item) for item in items[:MAX_ITEMS])
    if task.links:
        lines = [f"- {_write_link(link.name, link.url)}" for link in task.links]
        yield "links_left_out", f"**{_('Attachments')}**\n\n" + "\n".join(lines)
    for index, comment in enumerate(task.comments):
        head = "" if index else f"**{_('Comments')}**\n\n"
        yield "comments_left_out", head + _write_comment(comment)


def _write_item(item: SourceItem) -> str:
    return f"- [{'x' if item.is_done else ' '}] {' '.join(clean_text(item.text).split())}"


def _write_link(name: str, url: str) -> str:
    shown = escape_markdown(clean_text(name.strip() or url))
    if not url.startswith(("http://", "https://")):
        return shown
    return f"[{shown}](<{quote(url, safe=SAFE_IN_URL)}>)"


def _write_comment(comment: SourceComment) -> str:
    """Return a comment as a quote, below who has written it and when."""
    author = f"**{escape_markdown(clean_text(comment.author))}**" if comment.author.strip() else ""
    about = ", ".join(filter(None, (author, clean_text(comment.written))))
    lines = clean_text(comment.text).strip().split("\n")
    return "\n".join(f"> {line}".rstrip() for line in ([f"{about}:", "", *lines] if about else lines))
