"""Mount the REST operations of all subjects."""

from ninja import Router

from notifications.announcements import api as announcements
from notifications.inbox import api as inbox

router = Router()
subjects = (inbox, announcements)
for subject in subjects:
    router.add_router("", subject.router)
