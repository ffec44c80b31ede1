"""The project of the tests of one's own tasks."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
