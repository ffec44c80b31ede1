from django.urls import path

from chat.consumers import RoomsConsumer

websocket_urlpatterns = [path("ws/", RoomsConsumer.as_asgi())]
