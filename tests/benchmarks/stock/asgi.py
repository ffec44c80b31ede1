"""HTTP to Django, sockets to Channels."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.stock.settings")
http = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402  after setup
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from tests.benchmarks.stock.consumers import RoomConsumer  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AuthMiddlewareStack(URLRouter([path("ws/<int:room_id>/", RoomConsumer.as_asgi())])),
    }
)
