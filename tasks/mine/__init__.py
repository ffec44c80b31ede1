"""What a user has to do, over all projects."""
