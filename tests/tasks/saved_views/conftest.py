"""The project of the tests of saved views."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
