"""References to tasks: `ATR-12` in messages, tasks of messages, and tasks found by what they are called."""
