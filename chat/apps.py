from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Rooms, messages and their live delivery."""

    name = "chat"
    verbose_name = "Rooms and messages"

    def ready(self) -> None:
        from accounts import lifecycle, scopes, trail
        from chat.residence import ChatTenant
        from chat.scopes import AREAS
        from chat.trail import WORDS

        lifecycle.tenants.append(ChatTenant())
        scopes.areas.extend(AREAS)
        trail.words.update(WORDS)
