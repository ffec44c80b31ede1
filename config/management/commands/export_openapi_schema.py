"""`manage.py export_openapi_schema`: django-ninja's command, which looks for the API elsewhere."""

from django.core.management.base import CommandParser
from ninja.management.commands import export_openapi_schema


class Command(export_openapi_schema.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(api="config.api.api")
