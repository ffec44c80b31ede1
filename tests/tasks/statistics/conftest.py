"""The project of the tests of tasks."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
