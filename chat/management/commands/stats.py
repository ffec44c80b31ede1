"""`manage.py stats`: how much of everything there is."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from chat.statistics import statistics


class Command(BaseCommand):
    help = "Counts people, rooms and messages, and tells the state of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *, json: bool, **options: Any) -> None:
        subjects = statistics()
        if json:
            self.stdout.write(_as_json(subjects))
            return
        for subject, numbers in subjects.items():
            self.stdout.write(self.style.MIGRATE_HEADING(subject.capitalize()))
            for name, number in numbers.items():
                shown = f"{number:,}".replace(",", " ") if isinstance(number, int) else number
                self.stdout.write(f"  {name.replace('_', ' '):<20}{shown:>16}")


def _as_json(subjects: dict[str, dict[str, int | str]]) -> str:
    return json.dumps(subjects, indent=2)
