"""A project's tasks in a calendar, by the day on which they are due."""
