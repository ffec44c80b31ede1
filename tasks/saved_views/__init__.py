"""Filters of a project's tasks that are saved by name."""
