from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Rooms, messages and their live delivery."""

    name = "chat"
    verbose_name = "Rooms and messages"

    def ready(self) -> None:
        from accounts import lifecycle
        from chat.residence import ChatTenant

        lifecycle.tenants.append(ChatTenant())
