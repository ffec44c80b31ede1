"""Cards: messages in the main channel of a project that tell of its tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Record, User
from chat.models import Message


class TaskCard(Record):
    """What a card tells: news of one task, or the same of several at once, of which it names the first.

    `actor` made the latest news, the author of the message the first. `version` is that of the project then.
    """

    class News(models.TextChoices):
        CREATED = "created"
        COMPLETED = "completed"
        REOPENED = "reopened"
        ASSIGNED = "assigned"
        COMMENTED = "commented"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    news = models.CharField(max_length=9, choices=News)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    task_ids = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=1, help_text="Of the tasks, named or not.")
    version = models.PositiveBigIntegerField()

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(news__in=["created", "completed", "reopened", "assigned", "commented"]),
                name="task_card_news_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.news}: {self.count}"
