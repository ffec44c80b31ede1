"""Reminders of tasks that are due."""
