from chat.models.attachments import MAX_ATTACHMENTS, Attachment
from chat.models.bookmarks import Bookmark
from chat.models.drafts import StoredDraft
from chat.models.emoji import (
    MAX_EMOJI_NAME,
    MAX_EMOJI_NAMES,
    MAX_EMOJI_PER_ORGANISATION,
    CustomEmoji,
    EmojiName,
    name_emoji_image,
)
from chat.models.groups import MAX_GROUP_MEMBERS, MAX_GROUPS_PER_ORGANISATION, MAX_HANDLE, UserGroup, UserGroupMember
from chat.models.held_files import HeldFile
from chat.models.imports import Import
from chat.models.messages import MAX_CONTENT, Mention, Message, MessageRevision
from chat.models.previews import LinkPreview, MessagePreview
from chat.models.reactions import MAX_EMOJI_LENGTH, MAX_EMOJI_PER_MESSAGE, Reaction
from chat.models.reminders import MAX_NOTE, MAX_REMINDERS, Reminder
from chat.models.removals import RoomRemoval
from chat.models.reports import Report
from chat.models.rooms import Room, RoomMember
from chat.models.scheduled import MAX_SCHEDULED, ScheduledMessage
from chat.models.search import SearchEntry
from chat.models.system_messages import SystemMessage
from chat.models.threads import Thread, ThreadFollow

__all__ = [
    "MAX_ATTACHMENTS",
    "MAX_CONTENT",
    "MAX_EMOJI_LENGTH",
    "MAX_EMOJI_NAME",
    "MAX_EMOJI_NAMES",
    "MAX_EMOJI_PER_MESSAGE",
    "MAX_EMOJI_PER_ORGANISATION",
    "MAX_GROUPS_PER_ORGANISATION",
    "MAX_GROUP_MEMBERS",
    "MAX_HANDLE",
    "MAX_NOTE",
    "MAX_REMINDERS",
    "MAX_SCHEDULED",
    "Attachment",
    "Bookmark",
    "CustomEmoji",
    "EmojiName",
    "HeldFile",
    "Import",
    "LinkPreview",
    "Mention",
    "Message",
    "MessagePreview",
    "MessageRevision",
    "Reaction",
    "Reminder",
    "Report",
    "Room",
    "RoomMember",
    "RoomRemoval",
    "ScheduledMessage",
    "SearchEntry",
    "StoredDraft",
    "SystemMessage",
    "Thread",
    "UserGroup",
    "UserGroupMember",
    "ThreadFollow",
    "name_emoji_image",
]
