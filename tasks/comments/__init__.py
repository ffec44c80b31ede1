"""Comments on tasks: the replies to their cards."""
