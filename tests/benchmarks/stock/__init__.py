"""The yardstick: a chat as the tutorials of Django, Channels and django-ninja build it."""
