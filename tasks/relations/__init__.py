"""Relations of tasks: what blocks, duplicates or relates to what."""
