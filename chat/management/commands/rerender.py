"""Provide `manage.py rerender`: render stored messages anew after a change of the renderer."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chat.messages.services.rerender import count_outdated, rerender_messages


class Command(BaseCommand):
    help = "Renders anew what an older renderer has rendered. It may be stopped, and goes on where it was."

    def handle(self, **options: Any) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("Messages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            bar = progress.add_task("Messages", total=count_outdated())
            rendered = rerender_messages(step=lambda number: progress.advance(bar, number))
        self.stdout.write(f"Rendered anew: {rendered}")
