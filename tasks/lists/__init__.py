"""A project's tasks as a list: grouped, sorted, a page of rows at a time."""
