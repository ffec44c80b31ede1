from chat.models.messages import MAX_CONTENT, Mention, Message, MessageRevision
from chat.models.rooms import Room, RoomMember

__all__ = ["MAX_CONTENT", "Mention", "Message", "MessageRevision", "Room", "RoomMember"]
