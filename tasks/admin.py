"""Register the admin of all subjects."""

from tasks.projects import admin as projects

__all__ = ["projects"]
