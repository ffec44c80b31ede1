"""Provide `manage.py seed`: plant the sample organisations."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chat.demo.cast import ALICE, COMPANIES, HALYARD, PASSWORD
from chat.demo.planting import plant_sample


class Command(BaseCommand):
    help = "Migrates, then plants two sample organisations with months of conversation. What is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--users", type=int, default=0, help="people in Halyard; at least its own twelve")
        parser.add_argument("--messages", type=int, default=1500, help="messages altogether; at least the written ones")

    def handle(self, *, users: int, messages: int, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        people = max(users, len(HALYARD.people)) + sum(len(company.people) for company in COMPANIES[1:])
        with self._build_progress() as progress:
            bars = {
                "people": progress.add_task("People", total=people),
                "messages": progress.add_task("Messages", total=messages),
            }
            try:
                planted = plant_sample(
                    people=users,
                    messages=messages,
                    now=timezone.now(),
                    step=lambda what, number: progress.advance(bars[what], number),
                )
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from error
            if planted.messages:
                progress.update(bars["messages"], total=planted.messages)
        if planted:
            self.stdout.write(f"Added {planted.people} people, {planted.rooms} rooms and {planted.messages} messages.")
        else:
            self.stdout.write("The sample is there already. Nothing added.")
        self.stdout.write(f"Sign in at http://{settings.HOST}:{settings.PORT} as {ALICE.email} with {PASSWORD}")
        self.stdout.write("Everybody else in the sample has the same password, so keep this server to yourself.")

    def _build_progress(self) -> Progress:
        console = Console(stderr=True)
        return Progress(
            TextColumn("{task.description:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
