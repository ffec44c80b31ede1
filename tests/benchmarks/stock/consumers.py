"""One socket per room and person, as in the tutorial of Channels."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from tests.benchmarks.stock.models import Message, Room


class RoomConsumer(AsyncJsonWebsocketConsumer):
    """Stores what a member says and sends it to the room's group, the sender included."""

    async def connect(self) -> None:
        self.user = self.scope["user"]
        self.room_id = self.scope["url_route"]["kwargs"]["room_id"]
        self.group = f"room.{self.room_id}"
        if not self.user.is_authenticated or not await self.is_member():
            return await self.close()
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        message = await self.store(content)
        if message is not None:
            await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": message})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "message.created", "message": event["message"]})

    @database_sync_to_async
    def is_member(self) -> bool:
        return Room.objects.filter(pk=self.room_id, members=self.user).exists()

    @database_sync_to_async
    def store(self, content: dict[str, Any]) -> dict[str, Any] | None:
        """The new message as members get it; nothing for whoever is no longer one of them."""
        if not Room.objects.filter(pk=self.room_id, members=self.user).exists():
            return None
        message = Message.objects.create(
            room_id=self.room_id, author=self.user, content=content["content"], client_id=content["client_id"]
        )
        return {
            "id": message.pk,
            "room_id": message.room_id,
            "author": {"id": self.user.pk, "username": self.user.username},
            "content": message.content,
            "client_id": message.client_id,
            "created_at": message.created_at.isoformat(),
        }
