"""What screens and answers need, assembled. Reads only."""

from chat.selectors.directory import DirectoryRoom, browsable_rooms, directory_for, people_for, people_to_bring
from chat.selectors.feed import (
    FeedChanges,
    FeedItem,
    FeedPage,
    changes_json,
    feed_changes,
    feed_page,
    history_json,
)
from chat.selectors.first_run import FirstRun, first_run
from chat.selectors.history import Stretch
from chat.selectors.marks import PinsPage, Saved, SavedPage, pins_of, pins_page, saved_by
from chat.selectors.revisions import revisions_of
from chat.selectors.room_head import RoomHead, room_head
from chat.selectors.room_page import RoomPage, room_page
from chat.selectors.rooms import (
    browsed,
    kinds_open_to,
    may_leave,
    members_of,
    my_memberships,
    my_rooms,
    visible_room,
)
from chat.selectors.sidebar import Sidebar, SidebarRoom, sidebar_for, unread_mentions

__all__ = [
    "DirectoryRoom",
    "FeedChanges",
    "FeedItem",
    "FeedPage",
    "FirstRun",
    "PinsPage",
    "RoomHead",
    "RoomPage",
    "Saved",
    "SavedPage",
    "Sidebar",
    "SidebarRoom",
    "Stretch",
    "browsable_rooms",
    "browsed",
    "changes_json",
    "directory_for",
    "feed_changes",
    "feed_page",
    "first_run",
    "history_json",
    "kinds_open_to",
    "may_leave",
    "members_of",
    "my_memberships",
    "my_rooms",
    "people_for",
    "people_to_bring",
    "pins_of",
    "pins_page",
    "revisions_of",
    "room_head",
    "room_page",
    "saved_by",
    "sidebar_for",
    "unread_mentions",
    "visible_room",
]
