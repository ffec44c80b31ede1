"""Search the messages that a user can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import Organisation, User
from chat.models import Message, Room, RoomMember
from chat.room_names import name_rooms
from chat.search.cursors import Cursor
from chat.search.filters import FILTERS, Asker, Narrowed, apply_filters
from chat.search.language import Query, find_file_piece, parse_query
from chat.search.queries.candidates import Block, Conditions, Scope, count_entries, find_block
from chat.search.queries.files import FoundFile, find_files
from chat.search.ranking import FoundEntry, Rank, rank_entries
from chat.search.snippets import cut_snippet, format_snippet
from chat.search_index import index_pending_messages, join_texts
from lib.text.time_zones import find_zone

# Entries that are ranked against each other.
BLOCK = 40
# Results that are counted; of more it is said that there are more.
COUNTED = 100
FIRST_CURSOR = Cursor()

Order = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message, the name of its room as its reader sees it, the part of it that was found, and in which file."""

    message: Message
    room_name: str
    snippet: SafeString
    file: FoundFile | None = None


class Total(NamedTuple):
    """How many results there are, or at least are."""

    number: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Some results; `next_cursor` where there may be more, `left_out` the parts of the query that say nothing to us.

    The first page has the `total`.
    """

    items: list[FoundMessage]
    next_cursor: Cursor | None = None
    total: Total | None = None
    left_out: tuple[str, ...] = ()
    is_empty_query: bool = False


def search_messages(
    *,
    user: User,
    organisation: Organisation,
    q: str,
    order: Order = "relevance",
    cursor: Cursor = FIRST_CURSOR,
    limit: int = 20,
) -> FoundPage:
    """Return the messages that a query finds among those that a user can see at this moment.

    By relevance, 40 results at a time are ranked against each other: first those in which all words begin words, then
    the others. Up to ten queries, however many messages, rooms and results. A page may hold fewer than `limit`.
    """
    query = parse_query(q, FILTERS)
    zone = find_zone(user.time_zone) or timezone.get_current_timezone()
    narrowed = apply_filters(query.filters, Asker(user, timezone.now(), zone))
    left_out = (*narrowed.left_out, *query.left_out)
    if not query.terms and len(narrowed.left_out) == len(query.filters):
        return FoundPage([], total=Total(0, is_exact=True), left_out=left_out, is_empty_query=True)
    index_pending_messages()
    scope = _find_scope(user, organisation, narrowed.rooms)
    entries, next_cursor = _fill_page(scope, query, narrowed, order, cursor, limit)
    items = _load_messages(entries, query, user)
    total = None
    if cursor == FIRST_CURSOR:
        [conditions] = _list_passes(query, narrowed, "newest")
        total = _count_results(scope, conditions, len(items)) if next_cursor else Total(len(items), is_exact=True)
    return FoundPage(items, next_cursor, total, left_out)


def _find_scope(user: User, organisation: Organisation, condition: Q) -> Scope:
    rooms = Room.objects.visible_to(user).filter(condition, organisation=organisation)
    is_own = Exists(RoomMember.objects.filter(room=OuterRef("pk"), user=user))
    rows = list(rooms.values_list("pk", "version", is_own))
    own = frozenset(room_id for room_id, _, is_member in rows if is_member)
    return Scope(rooms.values("pk"), frozenset(row[0] for row in rows), own, sum(row[1] for row in rows))


def _list_passes(query: Query, narrowed: Narrowed, order: Order) -> list[Conditions]:
    """Return what the passes of a search ask for. By relevance, words that begin with the terms come first."""
    others = narrowed.entries
    for term in query.terms:
        others &= ~Q(text__holds=term.text) if term.is_excluded else Q()
    pieces = (*(term.text for term in query.wanted), *narrowed.pieces)
    starts = (*(term.as_word_start for term in query.wanted), *narrowed.pieces)
    if order == "newest" or pieces == starts:
        return [Conditions(pieces, others, narrowed.period, narrowed.sources)]
    begin_words = Q(*(Q(text__holds=start) for start in starts))
    return [
        Conditions(starts, others, narrowed.period, narrowed.sources),
        Conditions(pieces, others & ~begin_words, narrowed.period, narrowed.sources),
    ]


def _fill_page(
    scope: Scope, query: Query, narrowed: Narrowed, order: Order, cursor: Cursor, limit: int
) -> tuple[list[FoundEntry], Cursor | None]:
    """Return the entries of a page and the cursor of the next one."""
    passes = _list_passes(query, narrowed, order)
    found: list[FoundEntry] = []
    size = cursor.block_size or (limit if order == "newest" else max(BLOCK, limit))
    here: Cursor | None = cursor._replace(block_size=size)
    while here is not None and here.search_pass <= len(passes) and len(found) < limit:
        block = find_block(scope, passes[here.search_pass - 1], below=here.below, size=size)
        ranked = _rank_block(block, query, order, scope)
        rest = [pair for pair in ranked if here.after is None or pair[0] > here.after]
        taken = rest[: limit - len(found)]
        found += [entry for _, entry in taken]
        if len(taken) < len(rest):
            return found, here._replace(after=taken[-1][0])
        here = _find_next_block(here, block, len(passes))
        if block.is_cut_short:
            break
    return found, here


def _rank_block(block: Block, query: Query, order: Order, scope: Scope) -> list[tuple[Rank, FoundEntry]]:
    by_time = order == "newest"
    return rank_entries(block.entries, [] if by_time else query.wanted, scope.ids if by_time else scope.own)


def _find_next_block(here: Cursor, block: Block, passes: int) -> Cursor | None:
    if block.next_below is not None:
        return here._replace(below=block.next_below, after=None)
    if here.search_pass < passes:
        return Cursor(here.search_pass + 1, here.block_size)
    return None


def _count_results(scope: Scope, conditions: Conditions, shown: int) -> Total:
    """Return how many results there are, at least those that are shown: counting reads fewer entries than searching."""
    number, is_exact = count_entries(scope, conditions, at_most=COUNTED)
    return Total(max(number, shown), is_exact)


def _load_messages(entries: list[FoundEntry], query: Query, user: User) -> list[FoundMessage]:
    """Load what was found, in order, once more through what the user can see.

    Two queries at most, and two more for words in files; none for nothing.
    """
    if not entries:
        return []
    pieces = [term.text for term in query.wanted]
    ids = [entry.message_id for entry in entries]
    rows = Message.objects.visible_to(user).not_deleted().for_rendering().select_related("room").in_bulk(ids)
    names = name_rooms({message.room for message in rows.values()}, user)
    files = find_files(list(rows), _list_file_pieces(query))
    found = ((entry, rows[entry.message_id]) for entry in entries if entry.message_id in rows)
    return [
        FoundMessage(message, names[message.room_id], _cut_message(message, entry, pieces), files.get(message.pk))
        for entry, message in found
    ]


def _list_file_pieces(query: Query) -> list[str]:
    """Return what a query looks for in the texts of files."""
    values = (use.value for use in query.filters if use.key == "in-file" and not use.is_excluded)
    return [piece for piece in map(find_file_piece, values) if piece]


def _cut_message(message: Message, entry: FoundEntry, pieces: list[str]) -> SafeString:
    """Return the part of a message that was found; the names of its files only where words were looked for."""
    text = join_texts(message.content, message.attachments if pieces or not message.content else None)
    return format_snippet(cut_snippet(text, entry.text, pieces))
