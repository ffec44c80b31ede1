"""The project of the tests of the triage."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
