"""A task on a page of its own, or in the panel beside a list or a board."""
