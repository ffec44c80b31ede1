"""Projects, their members, columns and labels."""
