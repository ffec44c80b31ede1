"""Keep the search entries of messages.

PostgreSQL: in the transactions that change the messages. SQLite: new messages wait until a few can be written together,
in the transaction of the last one or by the first search, whichever comes first. Those that wait are found in the
database itself, behind all that have entries, so none is forgotten when a process ends.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connection, connections, transaction
from django.db.models import QuerySet

from chat.models import Message, SearchEntry
from lib.db.prepared import from_raw_moment
from lib.db.statements import execute_many, fetch_rows
from lib.db.trigrams import ensure_index, index_added_rows, index_rows
from lib.media.kinds import Kind
from lib.progress import Progress
from lib.text.search_text import AUDIO, CODE, FILE, IMAGE, LINK, PDF, VIDEO, build_search_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# Message, room, position and text. Ids as the driver takes them.
Entry = tuple[Any, Any, int, str]
FILLED_AT_ONCE = 1_000
# What stands in the search text of a message with a file of some kind.
KIND_TERMS = {Kind.IMAGE: IMAGE, Kind.VIDEO: VIDEO, Kind.AUDIO: AUDIO, Kind.PDF: PDF}

# SQLite: messages that a thread posts before it indexes all that wait. One alone would touch four pages of the journal.
PENDING_AT_MOST = 128
# Bounds what one transaction indexes, should ever more of them wait.
INDEXED_AT_ONCE = 500

INSERT = "INSERT INTO chat_searchentry (message_id, room_id, position, text) VALUES (%s, %s, %s, %s)"
FILL = "UPDATE chat_searchentry SET text = %s, position = %s WHERE id = %s"
# One statement, so that a message from before has its place among the others or none has.
NUMBER = """
    INSERT INTO chat_searchentry (message_id, room_id, position)
    SELECT id, room_id, 0 FROM chat_message WHERE deleted_at IS NULL AND type <> 'system'
    AND NOT EXISTS (SELECT 1 FROM chat_searchentry WHERE message_id = chat_message.id) ORDER BY created_at, id
"""
# SQLite numbers rows in the order of their commits, and messages are indexed in that order: all that wait stand behind
# any that has an entry. The latest of these by time and the one that was indexed last are near the end.
INDEXED = """
    SELECT chat_message.rowid FROM chat_message WHERE chat_message.id =
    (SELECT message_id FROM chat_searchentry ORDER BY {order} DESC LIMIT 1)
"""
PENDING = f"""
    SELECT id, room_id, created_at, content, html, attachments FROM chat_message
    WHERE rowid > max(coalesce(({INDEXED.format(order="position")}), 0), coalesce(({INDEXED.format(order="id")}), 0))
    AND deleted_at IS NULL AND type <> 'system'
    AND NOT EXISTS (SELECT 1 FROM chat_searchentry WHERE message_id = chat_message.id)
    ORDER BY rowid LIMIT {INDEXED_AT_ONCE}
"""  # noqa: S608  our names


class _Posted(threading.local):
    """How many messages this thread has posted since it indexed some."""

    number = 0


_posted = _Posted()


def index_messages(messages: Sequence[Message]) -> None:
    """Index new messages, or leave them for later where the database finds those that wait."""
    if connection.vendor == "sqlite":
        _posted.number += len(messages)
        if _posted.number >= PENDING_AT_MOST:
            index_pending_messages()
    else:
        _insert_entries([_build_entry(message) for message in messages if message.type != Message.Type.SYSTEM])


def index_pending_messages() -> None:
    """Index all messages that wait for it. Called by what reads the entries, before. One query where none waits."""
    if connection.vendor != "sqlite":
        return
    _posted.number = 0
    # Who writes already holds the lock, and need not look before.
    while connection.in_atomic_block or _find_pending():
        # SQLite's index would write what it gathers with each savepoint.
        with transaction.atomic(savepoint=False):
            pending = _find_pending()  # holding the write lock now
            _insert_entries(
                [
                    (pk, room_id, position_of(from_raw_moment(at)), _build_text(*text))
                    for pk, room_id, at, *text in pending
                ]
            )
        if len(pending) < INDEXED_AT_ONCE:
            return


def replace_in_index(message: Message) -> None:
    """Index what an edited message says now. One that waits to be indexed goes on waiting."""
    if remove_from_index(message):
        _insert_entries([_build_entry(message)])


def remove_from_index(message: Message) -> bool:
    """Delete the entry of a message, so that nobody finds it from the commit on; return whether it had one."""
    deleted, _ = SearchEntry.objects.filter(message=message).delete()
    return deleted > 0


def _find_pending() -> list[Any]:
    """Return ids, rooms, times and texts of messages that wait, as the driver gives them, in the order of commits."""
    return fetch_rows(PENDING, ())


def _build_entry(message: Message) -> Entry:
    text = _build_text(message.content, message.html, message.attachments)
    return (message.pk, message.room_id, position_of(message.created_at), text)


def _insert_entries(rows: Sequence[Entry]) -> None:
    if rows:
        execute_many(INSERT, rows)
        index_added_rows(SearchEntry, len(rows))


def position_of(moment: datetime) -> int:
    """Return a time in the unit of `SearchEntry.position`."""
    return (moment - EPOCH) // MICROSECOND


def fill_search_index(app_config: AppConfig, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Make the index, and fill it from messages that were stored before there was one. Called after migrations.

    Numbers all messages first, then folds them a thousand at a time, each in a transaction: what was interrupted goes
    on where it stopped. Messages posted in between change nothing about that.
    """
    try:
        apps.get_model(app_config.label, "SearchEntry")
    except LookupError:  # an earlier state of the database, without this table
        return
    if connections[using].vendor == "sqlite":
        ensure_index(SearchEntry, using)
    _number_messages(using)
    _fill_texts(SearchEntry.objects.using(using), using)
    # PostgreSQL makes an index of what is there much faster than one row after the other.
    ensure_index(SearchEntry, using)


def _number_messages(using: str) -> None:
    """Make entries without texts for the messages that have none."""
    with connections[using].cursor() as cursor:
        cursor.execute(NUMBER)
        if cursor.rowcount > 0 and connections[using].vendor == "postgresql":
            # It believes the table to be empty until it looks again by itself, and would sort all of it for each batch.
            cursor.execute("ANALYZE chat_searchentry")


def _fill_texts(entries: QuerySet[SearchEntry], using: str) -> None:
    """Fill the texts of numbered entries, and say on the terminal how far that is."""
    fields = ("pk", "message__content", "message__html", "message__attachments", "message__created_at")
    unfilled = entries.filter(text=None).order_by("pk").values_list(*fields)
    progress = Progress("Indexing messages for search", unfilled.count(), sys.stdout)
    filled = 0
    # PostgreSQL's index still leads to those that were filled a moment ago.
    while batch := list(unfilled.filter(pk__gt=filled)[:FILLED_AT_ONCE]):
        rows = [(_build_text(*parts), position_of(moment), pk) for pk, *parts, moment in batch]
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.executemany(FILL, rows)
            if connections[using].vendor == "sqlite":
                index_rows(SearchEntry, using)
        filled = batch[-1][0]
        progress.advance(len(batch))


def join_texts(content: str, attachments: Iterable[dict[str, Any]] | None) -> str:
    """Return what a message is found by: its text, and the names of its files."""
    return "\n".join(filter(None, [content, *(shown.get("name") for shown in attachments or ())]))


def _build_text(content: str, html: str, attachments: Any) -> str:
    """Return the search text of a message with the names of its files, and terms for what `has:` asks for."""
    files = json.loads(attachments) if isinstance(attachments, str) else attachments
    text = build_search_text(join_texts(content, files))
    if "<a " in html:
        text += f" {LINK}"
    if "<code" in html:
        text += f" {CODE}"
    return " ".join([text, *_list_file_terms(files)]) if files else text


def _list_file_terms(files: Iterable[dict[str, Any]]) -> list[str]:
    """Return a term that there are files, and one for each of their kinds that `has:` knows."""
    kinds = {shown["kind"] for shown in files if not shown.get("is_deleted")}
    return [FILE, *(term for kind, term in KIND_TERMS.items() if kind in kinds)] if kinds else []
