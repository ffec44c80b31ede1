"""Imports of files of other systems: what all formats share. Those of tasks are in `tasks.imports`."""
