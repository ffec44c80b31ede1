"""Numbers of a project over time: what is done, how fast, and who has how much."""
