"""The board of a project."""
