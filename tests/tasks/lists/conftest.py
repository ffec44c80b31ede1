"""The project of the tests of lists of tasks."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
