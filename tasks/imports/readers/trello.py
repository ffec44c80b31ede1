"""Read the JSON of a Trello board."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.imports.errors import WrongFile
from tasks.imports.readers.files import read_bytes
from tasks.imports.readers.json_values import (
    Object,
    check_count,
    get_moment,
    get_number,
    get_object,
    get_text,
    list_objects,
    parse_json,
)
from tasks.imports.source import Source, SourceComment, SourceItem, SourceLink, SourceTask
from tasks.imports.values import TRELLO_COLORS, guess_status

# What is older is missing in the file.
MAX_ACTIONS = 1000


def read_trello(path: Path) -> Source:
    """Return the cards of a board. Raise WrongFile, FileTooLong."""
    board = parse_json(read_bytes(path))
    for name in ("lists", "cards"):
        if not isinstance(get_object(board).get(name), list):
            raise WrongFile(_("This is no board of Trello: “{name}” is missing."), name=name)
    return BoardReader(board).read()


class BoardReader:
    """Makes tasks of the cards of one board."""

    def __init__(self, board: Object) -> None:
        self.board, self.source = board, Source()
        self._lists = {get_text(each.get("id")): each for each in _sort_objects(board["lists"])}
        self._members = {get_text(each.get("id")): each for each in list_objects(board.get("members"))}
        self._checklists: dict[str, list[Object]] = defaultdict(list)
        for each in _sort_objects(board.get("checklists")):
            self._checklists[get_text(each.get("idCard"))].append(each)
        self._comments = self._collect_comments()

    def read(self) -> Source:
        """Return all cards by their lists, and what of the board is left out."""
        for each in self._lists.values():
            name = get_text(each.get("name"))
            if name and not each.get("closed"):
                self.source.columns.setdefault(name, guess_status(name))
        order = {list_id: place for place, list_id in enumerate(self._lists)}
        cards = sorted(
            _sort_objects(self.board["cards"]), key=lambda card: order.get(get_text(card.get("idList")), len(order))
        )
        self.source.tasks = [task for card in cards if (task := self._read_card(card))]
        check_count(self.source.tasks)
        return self.source

    def _read_card(self, card: Object) -> SourceTask | None:
        title, card_id = get_text(card.get("name")), get_text(card.get("id"))
        if not title.strip() or not card_id:
            self.source.notes.add("no_title", card_id)
            return None
        column = get_object(self._lists.get(get_text(card.get("idList"))))
        links = [
            SourceLink(get_text(each.get("name")), get_text(each.get("url")))
            for each in list_objects(card.get("attachments"))
        ]
        if links:
            self.source.notes.add("attachments_linked", title, count=len(links))
        if card.get("customFieldItems"):
            self.source.notes.add("own_fields", title)
        return SourceTask(
            external_id=f"trello:{card_id}"[:200],
            title=title,
            description=get_text(card.get("desc")),
            column="" if column.get("closed") else get_text(column.get("name")),
            is_completed=card.get("dueComplete") is True,
            is_archived=bool(card.get("closed") or column.get("closed")),
            labels=[self._read_label(each) for each in list_objects(card.get("labels"))],
            people=[self._name_member(each) for each in card.get("idMembers") or [] if isinstance(each, str)],
            start=get_moment(card.get("start")),
            due=get_moment(card.get("due")),
            checklists=[_read_checklist(each) for each in self._checklists[card_id]],
            links=links,
            comments=self._comments[card_id],
        )

    def _read_label(self, label: Object) -> str:
        color = get_text(label.get("color")).split("_")[0]
        name = get_text(label.get("name")).strip() or color
        self.source.label_colors.setdefault(name, TRELLO_COLORS.get(color, ""))
        return name

    def _name_member(self, member_id: str) -> tuple[str, ...]:
        member = get_object(self._members.get(member_id))
        return (get_text(member.get("username")) or member_id, get_text(member.get("fullName")))

    def _collect_comments(self) -> dict[str, list[SourceComment]]:
        """Return the comments of each card, the oldest first. A file has the latest actions alone."""
        comments: dict[str, list[SourceComment]] = defaultdict(list)
        actions = list(list_objects(self.board.get("actions")))
        if len(actions) >= MAX_ACTIONS:
            self.source.notes.add("trello_actions_cut")
        for action in sorted(actions, key=lambda each: get_text(each.get("date"))):
            data, author = get_object(action.get("data")), get_object(action.get("memberCreator"))
            if action.get("type") == "commentCard" and (text := get_text(data.get("text"))):
                name = get_text(author.get("fullName")) or get_text(author.get("username"))
                card_id = get_text(get_object(data.get("card")).get("id"))
                comments[card_id].append(SourceComment(name, get_text(action.get("date"))[:10], text))
        return comments


def _read_checklist(checklist: Object) -> tuple[str, list[SourceItem]]:
    items = [
        SourceItem(get_text(each.get("name")), each.get("state") == "complete")
        for each in _sort_objects(checklist.get("checkItems"))
    ]
    return get_text(checklist.get("name")), items


def _sort_objects(value: Any) -> list[Object]:
    return sorted(list_objects(value), key=lambda each: get_number(each.get("pos")))
