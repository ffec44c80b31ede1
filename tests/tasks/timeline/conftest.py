"""The project of the tests of the timeline."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
