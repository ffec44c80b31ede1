from typing import Any

from django.urls import path, re_path

from chat.socket.consumer import RoomsConsumer


async def nothing_here(scope: dict[str, Any], receive: Any, send: Any) -> Any:
    """Any other path: refused before the handshake."""
    await receive()
    await send({"type": "websocket.close"})


websocket_urlpatterns = [path("ws/", RoomsConsumer.as_asgi()), re_path("", nothing_here)]
