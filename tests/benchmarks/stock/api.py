"""History over REST, as in the tutorial of django-ninja."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import ModelSchema, NinjaAPI
from ninja.security import django_auth

from tests.benchmarks.stock.boards_api import router
from tests.benchmarks.stock.models import Message, Room

api = NinjaAPI(docs_url=None, openapi_url=None)
api.add_router("", router)


class AuthorOut(ModelSchema):
    class Meta:
        model = get_user_model()
        fields = ("id", "username")


class MessageOut(ModelSchema):
    author: AuthorOut

    class Meta:
        model = Message
        fields = ("id", "room", "content", "client_id", "created_at")


@api.get("/health", auth=None)
def health(request: HttpRequest) -> dict[str, str]:
    Room.objects.exists()
    return {"status": "ok"}


@api.get("/rooms/{room_id}/messages", response=list[MessageOut], auth=django_auth)
def history(request: HttpRequest, room_id: int, before: int | None = None, limit: int = 50) -> list[Message]:
    room = get_object_or_404(Room, pk=room_id, members=request.user)
    messages = room.messages.select_related("author").order_by("-pk")
    if before is not None:
        messages = messages.filter(pk__lt=before)
    return list(messages[:limit])[::-1]
