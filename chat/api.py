"""Mount the REST operations of all subjects."""

from ninja import Router

from chat.catch_up import api as catch_up
from chat.commands import api as commands
from chat.drafts import api as drafts
from chat.emoji import api as emoji
from chat.groups import api as groups
from chat.imports import api as imports
from chat.mentions import api as mentions
from chat.messages.api import attachments, bookmarks, forward, messages, pins, previews, reactions, readers, tasks
from chat.previews import api as preview_images
from chat.reminders import api as reminders
from chat.reports import api as reports
from chat.rooms.api import members, own_settings, pictures, rooms
from chat.scheduled import api as scheduled
from chat.search import api as search
from chat.system_messages import api as system_messages
from chat.threads import api as threads

router = Router()
subjects = (
    rooms,
    own_settings,
    pictures,
    members,
    system_messages,
    messages,
    attachments,
    reactions,
    pins,
    bookmarks,
    readers,
    tasks,
    forward,
    commands,
    reports,
    previews,
    preview_images,
    emoji,
    threads,
    catch_up,
    drafts,
    scheduled,
    reminders,
    search,
    mentions,
    groups,
    imports,
)
for subject in subjects:
    router.add_router("", subject.router)
