"""Cards in the main channel of a project, which tell of its tasks."""
