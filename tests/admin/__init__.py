"""The admin of Django, for system administrators."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

APPS = ("accounts", "assets", "chat", "notifications")
OURS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
each_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
