"""Mount the REST operations of all subjects."""

from ninja import Router

from notifications.announcements import api as announcements
from notifications.inbox import api as inbox
from notifications.preferences import api as preferences
from notifications.push import api as push

router = Router()
subjects = (inbox, announcements, preferences, push)
for subject in subjects:
    router.add_router("", subject.router)
