"""The project of tests of tasks."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
