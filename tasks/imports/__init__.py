"""Import tasks from files of other systems."""
