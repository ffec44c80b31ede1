"""The project of the tests of the calendar."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
