from typing import Any

from django.urls import path, re_path

from chat.socket.consumer import RoomsConsumer


async def reject_path(scope: dict[str, Any], receive: Any, send: Any) -> Any:
    """Close a connection to any other path before the handshake."""
    await receive()
    await send({"type": "websocket.close"})


websocket_urlpatterns = [path("ws/", RoomsConsumer.as_asgi()), re_path("", reject_path)]
