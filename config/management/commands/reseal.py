"""`manage.py reseal`: the former name of `rotate_keys`, to be removed with the next release."""

from typing import Any

from config.management.commands import rotate_keys


class Command(rotate_keys.Command):
    """Former name of `rotate_keys`."""

    help = "Former name of rotate_keys."

    def handle(self, **options: Any) -> None:
        """Print a notice and rotate the keys."""
        self.stderr.write("`manage.py reseal` is now `rotate_keys`; this name goes next release.")
        super().handle(**options)
