"""The project of Alice and Bob that other subjects have too."""

from tests.tasks.work.conftest import project

__all__ = ["project"]
