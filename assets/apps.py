"""Uploaded files and who may open them."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"
