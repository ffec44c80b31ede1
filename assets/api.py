"""Mount the REST operations of all subjects."""

from ninja import Router

from assets.delivery import api as delivery
from assets.library import api as library
from assets.storing import api as storing

router = Router()
subjects = (library, storing, delivery)
for subject in subjects:
    router.add_router("", subject.router)
