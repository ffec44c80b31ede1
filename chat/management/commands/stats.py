"""Provide `manage.py stats`: count users, rooms and messages."""

from argparse import ArgumentParser
from json import dumps
from typing import Any

from django.core.management.base import BaseCommand

from chat.statistics import collect_statistics


class Command(BaseCommand):
    help = "Counts people, rooms and messages, and tells the state of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *, json: bool, **options: Any) -> None:
        subjects = collect_statistics()
        if json:
            self.stdout.write(dumps(subjects, indent=2))
            return
        for subject, numbers in subjects.items():
            self.stdout.write(self.style.MIGRATE_HEADING(subject.capitalize()))
            for name, number in numbers.items():
                text = f"{number:,}".replace(",", " ") if isinstance(number, int) else number
                self.stdout.write(f"  {name.replace('_', ' '):<20}{text:>16}")
