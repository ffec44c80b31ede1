"""Who is told of the changes of a task."""
