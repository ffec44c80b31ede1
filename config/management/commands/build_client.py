"""`manage.py build_client`: write the operations of the Python client from the OpenAPI schema."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.api import api
from config.client_code import write_client


class Command(BaseCommand):
    """The command."""

    help = "Write client/atrium_client/operations.py from the OpenAPI schema."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the module."""
        path = settings.BASE_DIR / "client/atrium_client/operations.py"
        path.write_text(write_client(api.get_openapi_schema()))
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} is written.")
