"""`manage.py export_openapi_schema`: write the OpenAPI schema, by django-ninja's command."""

from django.core.management.base import CommandParser
from ninja.management.commands import export_openapi_schema


class Command(export_openapi_schema.Command):
    """Ninja's command with our API as its default."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Set the default of `--api`."""
        super().add_arguments(parser)
        parser.set_defaults(api="config.api.api")
