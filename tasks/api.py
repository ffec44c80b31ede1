"""Mount the REST operations of all subjects."""

from __future__ import annotations

from ninja import Router

from tasks.attachments import api as attachments
from tasks.comments import api as comments
from tasks.feeds import api as feeds
from tasks.from_messages import api as from_messages
from tasks.imports import api as imports
from tasks.mine import api as mine
from tasks.projects.api import columns, labels, members, pictures, projects, states
from tasks.references import api as references
from tasks.relations import api as relations
from tasks.saved_views import api as saved_views
from tasks.sharing import api as sharing
from tasks.statistics import api as statistics
from tasks.time_tracking import api as time_tracking
from tasks.watching import api as watching
from tasks.work.api import bulk, quick_add, tasks

router = Router()
subjects = (
    projects,
    states,
    pictures,
    members,
    columns,
    labels,
    tasks,
    quick_add,
    bulk,
    mine,
    saved_views,
    sharing,
    statistics,
    comments,
    time_tracking,
    relations,
    attachments,
    watching,
    feeds,
    from_messages,
    references,
    imports,
)
for subject in subjects:
    router.add_router("", subject.router)
