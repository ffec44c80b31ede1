"""Define the ASGI application: pages and REST through Django, `/ws/` through Channels."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django import setup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
setup()

from chat.socket.routing import websocket_urlpatterns  # noqa: E402  after setup
from config.server.handler import PooledHandler  # noqa: E402
from config.server.lifespan import Lifespan  # noqa: E402

application = ProtocolTypeRouter(
    {"http": PooledHandler(), "websocket": URLRouter(websocket_urlpatterns), "lifespan": Lifespan()}
)
